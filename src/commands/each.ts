import type { Chunk } from '../command.ts';
import { graver, RefusedError, WorkTimeError } from '../errors.ts';
import type { Session } from '../session.ts';

/** How many are shown together, in columns that fit them all. */
const TOGETHER = 25;

/**
 * Does the same to several records, one after the other. What the API refuses does not stop the others; anything else
 * does. The gravest error comes last, after what was done.
 */
export async function* each(
  session: Session,
  ids: readonly string[],
  work: (id: string) => Promise<unknown>,
): AsyncGenerator<Chunk> {
  let gravest: WorkTimeError | undefined;
  let tried = 0;
  let done: unknown[] = [];
  const shown = (): Chunk => {
    const rows = done;
    done = [];
    return { type: 'rows', rows, ...(ids.length === 1 ? { total: 1 } : {}) };
  };
  try {
    for (const id of ids) {
      tried++;
      try {
        done.push(await work(id));
      } catch (error) {
        if (!(error instanceof WorkTimeError) || ids.length === 1) throw error;
        gravest = graver(gravest, error);
        session.report.warn(`${id}: ${error.detail ?? error.message}`);
        if (!(error instanceof RefusedError)) break;
      }
      if (done.length >= TOGETHER) yield shown();
    }
  } finally {
    // Whatever ends it: what was done is shown.
    if (done.length > 0) yield shown();
  }
  if (!gravest) return;
  if (tried < ids.length) session.report.warn(`not tried: ${ids.slice(tried).join(' ')}`);
  // After what was done has been shown: a JSON document stays whole.
  yield { type: 'failure', error: gravest };
}

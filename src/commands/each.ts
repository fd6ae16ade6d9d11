import type { Chunk } from '../command.ts';
import { graver, RefusedError, WorkTimeError } from '../errors.ts';
import type { Session } from '../session.ts';

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
  for (const id of ids) {
    tried++;
    try {
      const row = await work(id);
      yield { type: 'rows', rows: [row], ...(ids.length === 1 ? { total: 1 } : {}) };
    } catch (error) {
      if (!(error instanceof WorkTimeError) || ids.length === 1) throw error;
      gravest = graver(gravest, error);
      session.report.warn(`${id}: ${error.detail ?? error.message}`);
      if (!(error instanceof RefusedError)) break;
    }
  }
  if (!gravest) return;
  if (tried < ids.length) session.report.warn(`not tried: ${ids.slice(tried).join(' ')}`);
  // After what was done has been shown: a JSON document stays whole.
  yield { type: 'failure', error: gravest };
}

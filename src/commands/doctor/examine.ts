import type { Chunk, Input } from '../../command.ts';
import { type ErrorFields, graver, InterruptedError, type WorkTimeError } from '../../errors.ts';
import type { Session } from '../../session.ts';
import { environment } from './environment.ts';
import { configuration, project } from './files.ts';
import { type Finding, skipped } from './finding.ts';
import { keyShape, leftLocks, storage, versions } from './local.ts';

/** Looks at everything, and ends with the gravest problem where there is one. In one piece, so that columns line up. */
export async function* examine(session: Session, input: Input): AsyncGenerator<Chunk> {
  let gravest: WorkTimeError | undefined;
  const rows: Omit<Finding, 'error'>[] = [];
  // What one check finds, another may stumble over: it is one problem.
  const told = new Set<string>();
  for await (const { error, ...row } of findings(session, input)) {
    if (error && told.has(row.detail)) {
      rows.push(skipped(row.check, 'cannot be told before the problem above is mended'));
      continue;
    }
    if (error) {
      told.add(row.detail);
      gravest = graver(gravest, error);
    }
    rows.push(row);
  }
  yield { type: 'rows', rows };
  const troubled = rows.filter(({ status }) => status === 'problem').map(({ check }) => check);
  if (gravest) yield { type: 'failure', error: ending(gravest, troubled) };
}

/** What the run ends with: the gravest problem's exit and code. What it is, and what helps, its row has told. */
function ending(gravest: WorkTimeError, checks: readonly string[]): WorkTimeError {
  if (gravest instanceof InterruptedError) return gravest;
  const Kind = gravest.constructor as new (message: string, fields: ErrorFields) => WorkTimeError;
  const count = checks.length === 1 ? '1 problem' : `${checks.length} problems`;
  const where = [...new Set(checks)].map((check) => `"${check}"`).join(', ');
  return new Kind(`doctor found ${count}, at ${where}`, { code: gravest.code, cause: gravest });
}

async function* findings(session: Session, input: Input): AsyncGenerator<Finding> {
  const { context } = session;
  yield* versions(context);
  const config = yield* configuration(context);
  yield* storage(context);
  yield* leftLocks(context);
  yield* project(context, config);
  yield* environment(context, config);
  yield keyShape(session);
  if (input['network'] === true) yield* (await import('./network.ts')).network(session, input);
  else yield skipped('network', 'add --network to ask the API');
}

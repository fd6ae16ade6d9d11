import type { Chunk, Input } from '../../command.ts';
import { graver, type WorkTimeError } from '../../errors.ts';
import type { Session } from '../../session.ts';
import { type Finding, skipped } from './finding.ts';
import { configuration, environment, keyShape, leftLocks, project, storage, versions } from './local.ts';

/** Looks at everything, and ends with the gravest problem where there is one. */
export async function* examine(session: Session, input: Input): AsyncGenerator<Chunk> {
  let gravest: WorkTimeError | undefined;
  for await (const finding of findings(session, input)) {
    const { error, ...row } = finding;
    if (error) gravest = graver(gravest, error);
    yield { type: 'rows', rows: [row] };
  }
  if (gravest) yield { type: 'failure', error: gravest };
}

async function* findings(session: Session, input: Input): AsyncGenerator<Finding> {
  const { context } = session;
  yield* versions(context);
  yield* configuration(context);
  yield* storage(context);
  yield* leftLocks(context);
  yield project(context);
  yield environment(context);
  yield keyShape(session);
  if (input['network'] === true) yield* (await import('./network.ts')).network(session, input);
  else yield skipped('network', 'add --network to ask the API');
}

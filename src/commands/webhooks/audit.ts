import { type Chunk, command } from '../../command.ts';
import { UsageError } from '../../errors.ts';
import type { Session } from '../../session.ts';
import { counted, lineColumns, sentRows, shapeOf } from './shared.ts';

interface AuditInput {
  readonly from: string;
  readonly to?: string;
  readonly record?: string;
  readonly replay?: string;
}

/** How often an event is tried before it counts as not delivered. */
const ATTEMPTS = 5;

export const audit = command<AuditInput>({
  path: ['webhooks', 'audit'],
  summary: 'List what happened and never arrived as a webhook',
  description:
    'Compares the record with what the API says: clock events, opened locks, penalties, employees created, deleted or changed. ' +
    'The API does not say when an employee was changed, so a change is noticed only for employees of whom a webhook told before. ' +
    'What is missing is shown as the webhook that it should have been; --replay sends it to a handler. The period must be one in ' +
    'which a listener was set up.',
  effect: 'read',
  options: [
    {
      name: 'from',
      kind: 'string',
      required: true,
      placeholder: 'WHEN',
      description: 'First day, or a time: 2024-11-18, today, 09:00, -2h',
    },
    { name: 'to', kind: 'string', placeholder: 'WHEN', description: 'Last day, or a time; default: now' },
    { name: 'record', kind: 'file', placeholder: 'FILE', description: 'The record of `listen --record`' },
    { name: 'replay', kind: 'url', placeholder: 'URL', description: 'Send what is missing to this handler' },
  ],
  examples: [
    { command: 'webhooks audit --from today', description: 'What of today never arrived' },
    {
      command: 'webhooks audit --from -2h --to -5m --replay http://127.0.0.1:3000/hook',
      description: 'Give the handler what it missed',
      untested: 'needs a handler',
    },
  ],
  output: { kind: 'rows', name: 'missing events', live: true, idField: 'event', columns: lineColumns },
  async *run(session, input): AsyncIterable<Chunk> {
    const { context, report } = session;
    const { audit: compare } = await import('../../webhooks/audit.ts');
    const { happenings } = await import('../../webhooks/expected.ts');
    const { Damages, entriesOf } = await import('../../webhooks/replay.ts');
    const { placeOf } = await import('../../webhooks/live.ts');
    const place = placeOf(context, input.record);
    const recorded = (await place.segments()).length > 0;
    if (!recorded && input.record !== undefined) {
      throw new UsageError(`${input.record}: there is no such record`, {
        code: 'no_record',
        next: 'name the file that `webhooks listen --record` wrote',
      });
    }
    const window = await windowOf(session, input);
    const happened = await happenings(await session.client(), window, context.signal);
    for (const gap of happened.gaps) report.warn(`not compared: ${gap}`);
    const damages = new Damages((text) => report.warn(text));
    const { missing, expected } = await compare(
      happened,
      entriesOf(place, damages.found),
      window,
      context.now(),
    );
    damages.summarize();
    if (!recorded && missing.length > 0) report.warn(`nothing was ever recorded in ${place.name}`);
    report.note(outcomeOf(missing.length, expected));
    if (missing.length === 0) return;
    const { entryOf } = await import('../../webhooks/entry.ts');
    if (input.replay === undefined) {
      yield await shapeOf(session, input).pageOf(missing.map(entryOf));
      return;
    }
    const { sendAll } = await import('../../webhooks/send.ts');
    const { httpTarget, TIMEOUT } = await import('../../webhooks/target.ts');
    const target = httpTarget(input.replay, context.transport, context, TIMEOUT);
    const options = { target, attempts: ATTEMPTS, clock: context, signal: context.signal, report };
    yield* sentRows(sendAll(missing.map(entryOf), options));
  },
});

function outcomeOf(missing: number, expected: number): string {
  if (expected === 0) return 'Nothing happened in that period';
  return missing === 0
    ? `Of ${counted(expected)} all arrived`
    : `${missing} of ${counted(expected)} never arrived`;
}

/** `--from` and `--to` as instants. A day is whole, and the organization's. */
async function windowOf(session: Session, { from, to }: AuditInput) {
  const { parseDate, parseTime } = await import('../../time/words.ts');
  const { addDays, instantOf } = await import('../../time/zone.ts');
  const now = session.context.now();
  const timeZone = await session.timeZone();
  const instant = (text: string, edge: 'start' | 'end') => {
    const name = edge === 'start' ? '--from' : '--to';
    if (!isDay(text)) return Date.parse(parseTime(text, { now, timeZone, name }));
    const day = parseDate(text, { now, timeZone, name, edge });
    return instantOf(edge === 'start' ? day : addDays(day, 1), 0, timeZone);
  };
  const window = { from: instant(from, 'start'), to: to === undefined ? now : instant(to, 'end') };
  if (window.from < window.to) return window;
  if (to === undefined)
    throw new UsageError(`--from ${from} lies ahead`, {
      code: 'invalid_period',
      next: 'name a time that has passed',
    });
  throw new UsageError('--from is not before --to', { code: 'invalid_period', next: 'swap them' });
}

const isDay = (text: string) =>
  /^\d{4}-\d{2}(-\d{2})?$/.test(text) ||
  /^[+-]\d+[dw]$/.test(text) ||
  (/^[a-z-]+$/i.test(text) && text !== 'now');

/** What the webhook commands share. */

import { WEBHOOK_EVENTS } from '../../api/webhooks.ts';
import type { Chunk, Column, Option } from '../../command.ts';
import type { Format } from '../../config/settings.ts';
import type { Reporter, Session } from '../../session.ts';
import type { Entry } from '../../webhooks/entry.ts';
import type { Sent } from '../../webhooks/send.ts';

export const eventsOption: Option = {
  name: 'events',
  kind: 'string',
  placeholder: 'A,B',
  complete: 'event',
  description: 'Only these; attendance.* for a family',
};

/** The names of `--events`. One that is not known is taken, since the service may add some, and said. */
export function namesOf(text: string | undefined, report: Pick<Reporter, 'warn'>): readonly string[] {
  const names = (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  for (const name of names) {
    const family = name.endsWith('*') ? name.slice(0, -1) : undefined;
    const known = WEBHOOK_EVENTS.some((event) =>
      family === undefined ? event === name : event.startsWith(family),
    );
    if (!known)
      report.warn(`--events: "${name}" is not a documented event; see \`worktime webhooks events\``);
  }
  return names;
}

/**
 * The format in force, and events as a page in it: as they came, to the digit, where they are data; short lines where they
 * are read. `--fields` and `--query` speak of the event as it came.
 */
export function shapeOf(session: Session, input: unknown) {
  const flags = input as { format?: Format; json?: boolean; fields?: unknown; query?: unknown };
  const format: Format = flags.json ? 'json' : (flags.format ?? configured(session) ?? 'table');
  const whole =
    format === 'json' || format === 'ndjson' || flags.fields !== undefined || flags.query !== undefined;
  const pageOf = async (entries: readonly Shown[]): Promise<Chunk> => {
    if (!whole) {
      const { lineOf } = await import('../../webhooks/who.ts');
      return { type: 'rows', rows: entries.map(({ event }) => lineOf(event)) };
    }
    const { lineOfBody } = await import('../../webhooks/entry.ts');
    return {
      type: 'rows',
      rows: entries.map(({ event }) => event),
      texts: entries.map(({ body }) => lineOfBody(body)),
    };
  };
  return { format, pageOf };
}

/** An event, and what came. */
type Shown = Pick<Entry, 'event' | 'body'>;

/** A broken configuration does not stop a listener. */
function configured(session: Session): Format | undefined {
  try {
    return session.settings.format.value;
  } catch {
    return undefined;
  }
}

/** The columns of what was sent. */
export const sentColumns: readonly Column[] = [
  { path: 'timestamp', kind: 'time', header: 'Time', priority: 1 },
  { path: 'event', kind: 'text', priority: 1 },
  { path: 'who', kind: 'text', priority: 2 },
  { path: 'result', kind: 'status', priority: 1 },
  { path: 'status', kind: 'text', header: 'Answer', priority: 1 },
  { path: 'took_ms', kind: 'integer', header: 'ms', priority: 3 },
];

/** `1 event`, `12 events`. */
export const counted = (events: number): string => `${events} ${events === 1 ? 'event' : 'events'}`;

/** What was sent, a row each; a failure after the first is told once they are shown, so that a document stays whole. */
export async function* sentRows(sending: AsyncIterable<Sent>): AsyncGenerator<Chunk> {
  let begun = false;
  try {
    for await (const sent of sending) {
      begun = true;
      yield { type: 'rows', rows: [sent] };
    }
  } catch (error) {
    if (!begun) throw error;
    yield { type: 'failure', error };
  }
}

/** The columns of events as lines. */
export const lineColumns: readonly Column[] = [
  { path: 'timestamp', kind: 'time', header: 'Time', priority: 1 },
  { path: 'event', kind: 'text', priority: 1 },
  { path: 'who', kind: 'text', priority: 1 },
  { path: 'where', kind: 'text', priority: 2 },
  { path: 'method', kind: 'text', priority: 3 },
];

import { describe, expect, it } from 'vitest';
import type { CompleteEvent } from '../../src/api/webhooks.ts';
import { Client } from '../../src/client/index.ts';
import { systemClock } from '../../src/host/clock.ts';
import { transport } from '../../src/host/undici.ts';
import { audit } from '../../src/webhooks/audit.ts';
import { entryOf } from '../../src/webhooks/entry.ts';
import { happenings } from '../../src/webhooks/expected.ts';
import { readEntries } from '../../src/webhooks/place.ts';
import { served, until } from '../sandbox/server.ts';
import { startListener } from './support.ts';

type Delivery = CompleteEvent & { readonly outcome: string };

const NOON = Date.parse('2024-11-18T12:00:00Z');
const HOUR = 3_600_000;

/** What makes an event the one it is, for comparing what an audit names with what was really dropped. */
const nameOf = ({ event, timestamp, data }: CompleteEvent) =>
  JSON.stringify([
    event,
    timestamp,
    data['id'] ?? data['employee_id'],
    data['type'] ?? null,
    data['date'] ?? null,
  ]);

/** A sandbox in which people come and go for two days, its deliveries to a listener spoiled as asked. */
async function twoDays(webhookFaults: { drop: number; duplicate: number; reorder: number }) {
  const listener = await startListener();
  const server = await served({
    clock: { start: NOON, rate: 0 },
    webhooks: [{ url: listener.url }],
    webhookFaults,
    rateLimit: 1_000_000,
  });
  for (const hours of [1, 5, 15.1, 0.4, 3, 5]) {
    await server.control('POST', '/clock', { advance_ms: hours * HOUR });
    await server.control('POST', '/simulate', { events: 70 });
  }
  const deliveries: Delivery[] = await until(async () => {
    const { deliveries: all } = await server.control('GET', '/webhooks');
    return all.every((one: Delivery) => one.outcome !== 'pending') && all;
  });
  const client = new Client({
    apiKey: 'wt_sandbox_read',
    baseUrl: server.server.url,
    transport,
    clock: systemClock,
  });
  const window = { from: NOON, to: NOON + 48 * HOUR };
  const found = await happenings(client, window, new AbortController().signal);
  const result = await audit(found, readEntries(listener.record.place), window);
  return { deliveries, result, listener, window, found };
}

describe('the audit', () => {
  it('names everything that was dropped and the API can tell of, and nothing else', async () => {
    const { deliveries, result } = await twoDays({ drop: 0.1, duplicate: 0.1, reorder: 0.1 });
    const dropped = deliveries.filter(({ outcome }) => outcome === 'dropped');
    // The API shows neither when an employee was changed nor what was changed before the last time.
    const told = dropped.filter(({ event }) => event !== 'employee.updated').map(nameOf);
    const named = result.missing.filter(({ event }) => event !== 'employee.updated').map(nameOf);
    expect(told.length).toBeGreaterThan(25);
    expect(new Set(dropped.map(({ event }) => event)).size).toBeGreaterThanOrEqual(4);
    expect(named.sort()).toEqual(told.sort());
    const changed = new Set(
      dropped.filter(({ event }) => event === 'employee.updated').map(({ data }) => data['id']),
    );
    for (const { event, data } of result.missing)
      if (event === 'employee.updated') expect(changed).toContain(data['id']);
  });

  it("gives each in the webhook's own form", async () => {
    const { deliveries, result } = await twoDays({ drop: 0.3, duplicate: 0, reorder: 0 });
    const dropped = new Map(
      deliveries.filter(({ outcome }) => outcome === 'dropped').map((one) => [nameOf(one), one]),
    );
    const exact = result.missing.filter(({ event }) => !event.startsWith('employee.'));
    expect(new Set(exact.map(({ event }) => event)).size).toBe(4);
    for (const missing of exact) {
      const { event, timestamp, data } = dropped.get(nameOf(missing)) as Delivery;
      // Who opens two doors in one second may have been clocked by either.
      const { lock_id: _lock, method: _method, ...sure } = data;
      if (event.startsWith('attendance.')) expect(missing).toMatchObject({ event, timestamp, data: sure });
      else expect(missing).toEqual({ event, timestamp, data });
    }
  });

  it('finds nothing where everything arrived, in any order and more than once', async () => {
    const { result } = await twoDays({ drop: 0, duplicate: 0.3, reorder: 0.3 });
    expect(result.missing).toEqual([]);
    expect(result.expected).toBeGreaterThan(200);
  });

  it('is content once what was missing has been replayed to the listener', async () => {
    const { result, listener, window, found } = await twoDays({ drop: 0.2, duplicate: 0, reorder: 0 });
    for (const event of result.missing) {
      const answer = await fetch(listener.url, {
        method: 'POST',
        body: Buffer.from(entryOf(event).body),
        headers: { 'content-type': 'application/json' },
      });
      expect(answer.status).toBe(200);
    }
    expect((await audit(found, readEntries(listener.record.place), window)).missing).toEqual([]);
  });

  it('notices that an employee is another than webhooks told', async () => {
    const john = { id: 'emp_1', name: 'John', position: 'Developer', created_at: '2024-01-01T00:00:00Z' };
    const told = {
      event: 'employee.created',
      timestamp: '2024-01-01T00:00:00Z',
      data: { ...john, extra: 1 },
    };
    const window = { from: NOON, to: NOON + HOUR };
    const compare = async (employee: object, now?: number) => {
      const happened = { events: [], employees: [employee as never], gaps: [] };
      return (
        await audit(
          happened,
          (async function* () {
            yield entryOf(told);
          })(),
          window,
          now,
        )
      ).missing;
    };
    expect(await compare({ ...john, status: 'active' })).toEqual([]);
    expect(await compare({ ...john, position: 'Senior' })).toEqual([
      {
        event: 'employee.updated',
        timestamp: '2024-11-18T13:00:00.000Z',
        data: { ...john, position: 'Senior' },
      },
    ]);
    // Where the window reaches beyond now, it cannot have been later than now.
    expect(await compare({ ...john, position: 'Senior' }, NOON + 60_000)).toMatchObject([
      { timestamp: '2024-11-18T12:01:00.000Z' },
    ]);
  });
});

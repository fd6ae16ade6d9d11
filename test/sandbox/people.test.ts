import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WEBHOOK_EVENTS } from '../../src/api/webhooks.ts';
import { type Served, served, until } from './server.ts';

interface Received {
  readonly event: string;
  readonly timestamp: string;
  readonly data: Record<string, unknown>;
}

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A listener that keeps what it is sent; `refuse`: how many requests it answers with 500 first. */
async function listener(refuse = 0) {
  const received: Received[] = [];
  let requests = 0;
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      requests += 1;
      if (requests > refuse) received.push(JSON.parse(text));
      response.writeHead(requests > refuse ? 204 : 500).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, received, requests: () => requests };
}

const settled = ({ control }: Served) =>
  until(async () => {
    const { deliveries } = await control('GET', '/webhooks');
    return deliveries.every((one: { outcome: string }) => one.outcome !== 'pending') && deliveries;
  });

const NOON = Date.parse('2024-11-18T12:00:00Z');
const still = { clock: { start: NOON, rate: 0 } };
type Row = Record<string, unknown>;
const cents = (money: unknown) => Math.round(Number(money) * 100);

describe('webhooks', () => {
  it('tell of every write, each of the seven events, as the reference shows them', async () => {
    const { url, received } = await listener();
    const server = await served({ ...still, webhooks: [{ url }] });
    const { api, control } = server;
    await api('POST', '/employees', {
      name: 'Ada',
      email: 'ada@example.org',
      salary: 60000,
      start_date: '2024-01-01',
    });
    await api('PUT', '/employees/emp_123498', { salary: 66300 });
    const clock = (type: string, timestamp: string) =>
      api('POST', '/attendance/clock', { employee_id: 'emp_123498', type, timestamp, lock_id: 'lock_789' });
    await clock('clock_in', '2024-11-18T09:30:00Z');
    await clock('clock_in', '2024-11-18T09:30:00Z');
    await clock('clock_out', '2024-11-18T17:00:00Z');
    await control('POST', '/records', {
      records: [{ employee_id: 'emp_123498', timestamp: '2024-11-18T09:30:00Z' }, { success: false }],
    });
    await api('DELETE', '/employees/emp_123498');
    await api('PUT', '/employees/emp_123498', { status: 'active' });
    await settled(server);
    expect(received.map(({ event }) => event)).toEqual([
      'employee.created',
      'employee.updated',
      'attendance.clock_in',
      'penalty.created',
      'attendance.clock_out',
      'penalty.created',
      'lock.opened',
      'employee.deleted',
      'employee.updated',
    ]);
    expect(new Set(received.map(({ event }) => event))).toEqual(new Set(WEBHOOK_EVENTS));
    expect(received[2]).toEqual({
      event: 'attendance.clock_in',
      timestamp: '2024-11-18T09:30:00Z',
      data: {
        employee_id: 'emp_123498',
        employee_name: 'Ada',
        lock_id: 'lock_789',
        timestamp: '2024-11-18T09:30:00Z',
        method: 'manual',
      },
    });
    // 66,300 a year are 30.00 an hour.
    expect([received[3]?.data, received[5]?.data]).toMatchObject([
      { type: 'late_arrival', minutes: 30, amount: 15, currency: 'USD', date: '2024-11-18' },
      { type: 'early_departure', minutes: 30, amount: 15 },
    ]);
    const { body } = await api(
      'GET',
      '/reports/payroll?start_date=2024-11-18&end_date=2024-11-18&employee_id=emp_123498',
    );
    expect(body.data.employees[0]).toMatchObject({
      late_penalty: 15,
      early_departure_penalty: 15,
      total_penalties: 30,
    });
  });

  it('are only those asked for, and tried again until taken', async () => {
    const { url, received, requests } = await listener(1);
    const server = await served({ ...still, webhooks: [{ url, events: ['employee.deleted'] }] });
    await server.api('PUT', '/employees/emp_123457', { position: 'X' });
    await server.api('DELETE', '/employees/emp_123457');
    const [delivery] = await settled(server);
    expect(delivery).toMatchObject({
      event: 'employee.deleted',
      outcome: 'delivered',
      attempts: 2,
      status: 204,
    });
    expect([received.length, requests()]).toEqual([1, 2]);
  });

  it('come twice, out of turn or never, in the shares asked for, and it is known which', async () => {
    const { url, received } = await listener();
    const server = await served({
      ...still,
      webhooks: [{ url }],
      webhookFaults: { drop: 0.2, duplicate: 0.2, reorder: 0.2 },
      rateLimit: 1e6,
    });
    await server.control('POST', '/simulate', { events: 150 });
    const deliveries: (Received & { outcome: string; duplicated: boolean; reordered: boolean })[] =
      await settled(server);
    const keyOf = ({ event, data }: Pick<Received, 'event' | 'data'>) => JSON.stringify([event, data]);
    const of = (outcome: string) => deliveries.filter((one) => one.outcome === outcome);
    expect(of('dropped').length).toBeGreaterThan(10);
    expect(of('failed')).toEqual([]);
    const twice = of('delivered').filter(({ duplicated }) => duplicated);
    expect(twice.length).toBeGreaterThan(10);
    await until(() => received.length === of('delivered').length + twice.length);
    const counts = new Map<string, number>();
    for (const one of received) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
    for (const one of of('dropped')) expect(counts.get(keyOf(one))).toBeUndefined();
    expect(deliveries.filter(({ reordered }) => reordered).length).toBeGreaterThan(5);
    const wanted = of('delivered').map(keyOf);
    expect([...counts.keys()].sort()).toEqual([...new Set(wanted)].sort());
    expect([...counts.keys()]).not.toEqual(wanted);
  });
});

describe('people who come and go', () => {
  it('make attendance whose penalties are the events, to the cent', async () => {
    const { url, received } = await listener();
    const server = await served({ ...still, webhooks: [{ url }], shape: { employees: 30 } });
    const { api, control } = server;
    for (let day = 0; day < 2; day += 1) {
      for (const hours of [21, 0.6, 0.4, 2]) {
        await control('POST', '/clock', { advance_ms: hours * 3_600_000 });
        await control('POST', '/simulate', { events: 40 });
      }
    }
    await settled(server);
    const events = received.filter(({ event }) => event === 'penalty.created').map(({ data }) => data);
    expect(events.length).toBeGreaterThan(15);
    const period = 'start_date=2024-11-18&end_date=2024-11-30';
    const { body } = await api('GET', `/reports/payroll?${period}`);
    for (const row of body.data.employees as Row[]) {
      const own = events.filter((event) => event['employee_id'] === row['employee_id']);
      const sum = (type: string) =>
        own.filter((one) => one['type'] === type).reduce((cent, one) => cent + cents(one['amount']), 0);
      expect([sum('late_arrival'), sum('early_departure')]).toEqual([
        cents(row['late_penalty']),
        cents(row['early_departure_penalty']),
      ]);
      const listed = await control('GET', `/penalties?${period}&employee_id=${row['employee_id']}`);
      expect(listed).toEqual(expect.arrayContaining(own));
      expect(listed).toHaveLength(own.length);
    }
    const total = events.reduce((sum, event) => sum + cents(event['amount']), 0);
    expect(total).toBe(cents(body.data.totals.total_penalties));
  });

  it('have seeded penalties that tie out in the same way', async () => {
    const { api, control } = await served(still);
    const period = 'start_date=2024-09-01&end_date=2024-11-15';
    const { body } = await api('GET', `/reports/payroll?${period}`);
    for (const row of body.data.employees as Row[]) {
      const listed: Row[] = await control('GET', `/penalties?${period}&employee_id=${row['employee_id']}`);
      expect(listed.reduce((sum, one) => sum + cents(one['amount']), 0)).toBe(cents(row['total_penalties']));
    }
  });

  it('leave records that are late, doubled, from the future, out of order, nameless and unheard of', async () => {
    const { api, control } = await served(still);
    const shares = {
      late: 0.15,
      duplicate: 0.15,
      future: 0.15,
      reordered: 0.15,
      nameless: 0.15,
      unknown: 0.15,
    };
    await control('POST', '/faults', { records: shares });
    const before: Row[] = [];
    const locks: string[] = (await api('GET', '/locks')).body.data.map(({ id }: { id: string }) => id);
    for (const id of locks) before.push(...(await api('GET', `/locks/${id}/history`)).body.data);
    await control('POST', '/simulate', { events: 400 });
    const after: Row[] = [];
    for (const id of locks) after.push(...(await api('GET', `/locks/${id}/history`)).body.data);
    const known = new Set(before.map(({ id }) => id));
    const fresh = after.filter(({ id }) => !known.has(id));
    const at = (row: Row) => Date.parse(String(row['timestamp']));
    expect(fresh.some((row) => at(row) < NOON - 20 * 86_400_000)).toBe(true);
    expect(fresh.every((row) => at(row) >= NOON - 41 * 86_400_000)).toBe(true);
    expect(fresh.some((row) => at(row) > NOON && at(row) <= NOON + 60_000)).toBe(true);
    expect(fresh.some((row) => row['employee_id'] === null && row['employee_name'] === null)).toBe(true);
    expect(fresh.some((row) => row['access_method'] === 'vein_scan_v2')).toBe(true);
    expect(new Set(fresh.map(({ id }) => id)).size).toBeLessThan(fresh.length - 20);
    expect(fresh.every((row) => Date.parse(String(row['received_at'])) === NOON)).toBe(true);
    const ledger = await control('GET', '/ledger?kind=access');
    expect(ledger.map(({ id }: Row) => id).sort()).toEqual(fresh.map(({ id }) => id).sort());
    expect((await control('GET', `/ledger?after=${ledger.at(-1).seq - 1}`))[0].seq).toBe(ledger.at(-1).seq);
  });

  it('come by themselves at the rate asked for, and stop when told', async () => {
    const { control } = await served({ simulate: 6000 });
    await until(async () => (await control('GET', '/ledger')).length > 20);
    await control('POST', '/simulate', { per_minute: 0 });
    expect((await control('GET', '/status')).simulate_per_minute).toBe(0);
  });

  it('are the same for the same seed', async () => {
    const run = async (seed: number) => {
      const { control } = await served({ ...still, shape: { seed } });
      await control('POST', '/simulate', { events: 60 });
      return await control('GET', '/ledger');
    };
    expect(await run(4)).toEqual(await run(4));
    expect(await run(5)).not.toEqual(await run(4));
  });
});

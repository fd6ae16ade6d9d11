/**
 * The control paths, `/__sandbox/…`: for tests that switch behaviour as they run, and the oracle of what happened. They
 * need no key; they are answered on loopback alone, and never to a browser.
 */

import { timestamp } from './calendar.ts';
import { FIXTURES, MAX_EMPLOYEES } from './config.ts';
import { FAULTS, type OnceRule, RESET_HEADERS } from './faults.ts';
import { ApiError, invalid, notFound } from './http.ts';
import { injected } from './inject.ts';
import { ledgerOf } from './ledger.ts';
import { penaltiesIn } from './penalties.ts';
import type { Bench } from './server-state.ts';
import { asInstant, asText, type Body, oneOf, parseBody, queryPeriod } from './validate.ts';

export interface ControlCall {
  readonly method: string;
  /** Below `/__sandbox`, such as `/ledger`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string | Uint8Array | undefined;
}

type Control = (bench: Bench, call: ControlCall) => unknown | Promise<unknown>;

const fieldsOf = ({ body }: ControlCall): Body => (body && body.length > 0 ? parseBody(body) : {});

function number(value: unknown, field: string, min: number, max: number): number {
  if (typeof value !== 'number' || !(value >= min) || value > max) {
    throw invalid(`The '${field}' field must be a number from ${min} to ${max}`, field);
  }
  return value;
}

const share = (value: unknown, field: string) => number(value, field, 0, 1);
const whole = (value: unknown, field: string, min: number, max: number) =>
  Math.floor(number(value, field, min, max));

async function status(bench: Bench): Promise<unknown> {
  const { config, state } = await bench.store().read();
  return {
    now: timestamp(bench.clock.now()),
    clock_rate: bench.clock.rate,
    seed: config.seed,
    employees: config.employees + state.created,
    timezone: config.timezone,
    writes: state.written.length,
    simulate_per_minute: bench.simulation,
    rate: bench.rate.peek(),
  };
}

/** Every write that was applied and every access record that became visible, in that order; `after`: from there on. */
async function ledger(bench: Bench, { query }: ControlCall): Promise<unknown> {
  const { state } = await bench.store().read();
  const after = Number(query.get('after') ?? 0);
  const kind = query.get('kind');
  const from = Number.isSafeInteger(after) && after > 0 ? after : 0;
  const entries = ledgerOf(state, from);
  return kind === null
    ? entries
    : entries.filter((entry) => entry.kind === kind || entry.kind.startsWith(`${kind}.`));
}

/** An employee's penalties in a period, one for each `penalty.created`. */
async function penalties(bench: Bench, { query }: ControlCall): Promise<unknown> {
  const { first, last } = queryPeriod(query);
  const employee = asText(query.get('employee_id') ?? '', 'employee_id');
  return penaltiesIn(await bench.store().read(), employee, first, last);
}

const clockNow = ({ clock }: Bench) => ({ now: timestamp(clock.now()), rate: clock.rate });

function setClock(bench: Bench, call: ControlCall): unknown {
  const { set, advance_ms: advance, rate } = fieldsOf(call);
  if (set !== undefined) bench.clock.set(asInstant(set, 'set'));
  if (advance !== undefined) bench.clock.advance(number(advance, 'advance_ms', -1e13, 1e13));
  if (rate !== undefined) bench.clock.run(number(rate, 'rate', 0, 1e7));
  return clockNow(bench);
}

const faults = (bench: Bench) => ({
  latency_ms: bench.faults.latency,
  ...bench.faults.shares,
  bad_reset_header: bench.faults.reset,
  once: bench.faults.once.filter(({ times }) => times > 0),
  records: bench.records,
});

/** Sets what is named and leaves the rest; `{"clear": true}` first puts everything right. */
function setFaults(bench: Bench, call: ControlCall): unknown {
  const { faults: settings, records: spoiled } = bench;
  const {
    clear,
    latency_ms: latency,
    bad_reset_header: header,
    once,
    records: wanted,
    ...shares
  } = fieldsOf(call);
  if (clear === true) {
    settings.latency = [0, 0];
    settings.reset = null;
    settings.once.length = 0;
    for (const fault of FAULTS) settings.shares[fault] = 0;
    for (const name of Object.keys(spoiled) as (keyof typeof spoiled)[]) spoiled[name] = 0;
  }
  if (latency !== undefined) settings.latency = latencyOf(latency);
  if (header !== undefined)
    settings.reset = header === null ? null : oneOf(header, RESET_HEADERS, 'bad_reset_header');
  for (const [name, value] of Object.entries(shares))
    settings.shares[oneOf(name, FAULTS, name)] = share(value, name);
  for (const [name, value] of Object.entries((wanted ?? {}) as Body)) {
    const known = oneOf(name, Object.keys(spoiled) as (keyof typeof spoiled)[], `records.${name}`);
    spoiled[known] = share(value, name);
  }
  for (const rule of once === undefined ? [] : Array.isArray(once) ? once : [once])
    settings.once.push(onceOf(rule));
  return faults(bench);
}

function latencyOf(value: unknown): [number, number] {
  const [from, to] = Array.isArray(value) ? value : [value, value];
  return [number(from, 'latency_ms', 0, 600_000), number(to, 'latency_ms', 0, 600_000)];
}

function onceOf(value: unknown): OnceRule {
  const {
    fault,
    method,
    path,
    status: code,
    times,
  } = (typeof value === 'object' ? (value ?? {}) : {}) as Body;
  return {
    fault: oneOf(fault, FAULTS, 'once.fault'),
    method: method === undefined ? undefined : asText(method, 'once.method'),
    path: path === undefined ? undefined : asText(path, 'once.path'),
    status: code === undefined ? undefined : whole(code, 'once.status', 400, 599),
    times: times === undefined ? 1 : whole(times, 'once.times', 1, 1e9),
  };
}

function setRate(bench: Bench, call: ControlCall): unknown {
  const { limit, window_ms: window, used } = fieldsOf(call);
  if (limit !== undefined) bench.rate.limit = whole(limit, 'limit', 0, 1e9);
  if (window !== undefined) bench.rate.window = number(window, 'window_ms', 1, 1e10);
  bench.rate.renew();
  if (used !== undefined) bench.rate.spend(whole(used, 'used', 0, 1e9));
  return bench.rate.peek();
}

/** `events`: so many happenings now. `per_minute`: so many from now on. */
async function simulate(bench: Bench, call: ControlCall): Promise<unknown> {
  const { events, per_minute: rate } = fieldsOf(call);
  if (rate !== undefined) bench.simulation = number(rate, 'per_minute', 0, 600_000);
  const operations = events === undefined ? 0 : await bench.happen(whole(events, 'events', 1, 100_000));
  return { per_minute: bench.simulation, operations };
}

/** Access records just as they are given, visible at once. */
async function records(bench: Bench, call: ControlCall): Promise<unknown> {
  const { records: given } = fieldsOf(call);
  if (!Array.isArray(given)) throw invalid("The 'records' field must be a list", 'records');
  const ops = await bench.inject((world) => injected(world, given));
  return { count: ops.length };
}

const webhooks = ({ webhooks: hooks }: Bench, { query }: ControlCall) => {
  const outcome = query.get('outcome');
  const { deliveries } = hooks;
  return {
    targets: hooks.targets,
    ...hooks.faults,
    deliveries: outcome === null ? deliveries : deliveries.filter((one) => one.outcome === outcome),
  };
};

/** `url` (and `events`): one target more. `clear`: none of those before. */
function setWebhooks(bench: Bench, call: ControlCall): unknown {
  const { webhooks: hooks } = bench;
  const { url, events, clear, ...shares } = fieldsOf(call);
  if (clear === true) hooks.clear();
  for (const [name, value] of Object.entries(shares)) {
    hooks.faults[oneOf(name, ['drop', 'duplicate', 'reorder'], name)] = share(value, name);
  }
  if (url !== undefined) {
    const names =
      events === undefined ? undefined : (events as unknown[]).map((one) => asText(one, 'events'));
    hooks.add({ url: asText(url, 'url'), events: names });
  }
  return { targets: hooks.targets, ...hooks.faults };
}

/** Other data, in memory from now on. */
async function reset(bench: Bench, call: ControlCall): Promise<unknown> {
  if (bench.store().directory !== undefined) {
    throw new ApiError(400, 'invalid_request', 'The state is on disk: run "worktime sandbox reset" instead');
  }
  const { seed, employees, fixture, timezone } = fieldsOf(call);
  bench.reset({
    seed: seed === undefined ? undefined : whole(seed, 'seed', 0, 2 ** 31 - 1),
    employees: employees === undefined ? undefined : whole(employees, 'employees', 1, MAX_EMPLOYEES),
    fixture: fixture === undefined ? undefined : oneOf(fixture, FIXTURES, 'fixture'),
    timezone: timezone === undefined ? undefined : asText(timezone, 'timezone'),
  });
  return await status(bench);
}

/** What each path does; `GET` shows, `POST` changes and shows. */
const CONTROLS: Readonly<Record<string, Control>> = {
  'GET /status': status,
  'GET /ledger': ledger,
  'GET /penalties': penalties,
  'GET /clock': clockNow,
  'POST /clock': setClock,
  'GET /faults': faults,
  'POST /faults': setFaults,
  'POST /rate': setRate,
  'POST /simulate': simulate,
  'POST /records': records,
  'GET /webhooks': webhooks,
  'POST /webhooks': setWebhooks,
  'POST /reset': reset,
};

/** Answers a control call with what stands under `data`. Throws ApiError. */
export async function control(bench: Bench, call: ControlCall): Promise<unknown> {
  const name = `${call.method} ${call.path}`;
  const handler = Object.hasOwn(CONTROLS, name) ? CONTROLS[name] : undefined;
  if (!handler) {
    throw notFound(`There is no control ${name}; there are: ${Object.keys(CONTROLS).join(', ')}`);
  }
  return await handler(bench, call);
}

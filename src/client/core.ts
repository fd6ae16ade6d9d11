/** The engine: one call through every layer. `index.ts` puts the API's nouns on top. */

import { type AttendanceRecord, type Clock as ClockEvent, listAttendance } from '../api/attendance.ts';
import { type CreateEmployee, type Employee, listEmployees } from '../api/employees.ts';
import type { AnyEndpoint, Endpoint, Scope } from '../api/types.ts';
import { type KeyOrigin, OPTION_NAMES, type Sent, type Wording } from './advice.ts';
import { withKey } from './auth.ts';
import type { Clock } from './clock.ts';
import { TIMEOUT, withDeadline } from './deadline.ts';
import { dataOf, errorOf, readBody, readContent } from './envelope.ts';
import { type Exchange, receiving } from './exchange.ts';
import { explain } from './failure.ts';
import { type CheckedOptions, checkCallOptions, checkInput } from './input.ts';
import type {
  Answered,
  Budget,
  CallOptions,
  ClientEvents,
  ClientOptions,
  Page,
  PreparedRequest,
  RateLimit,
  RawAnswer,
  RawRequest,
} from './options.ts';
import { readPages } from './pages.ts';
import { prepareCall, prepareRaw } from './prepare.ts';
import { readRate } from './rate.ts';
import { daysAround, findChange, findClock, findEmployee, findGone } from './read-back.ts';
import { ATTEMPTS, retrying } from './retry.ts';
import { settle, type Trace, unsettled } from './settle.ts';
import { throttling } from './throttle.ts';
import { checkBaseUrl, DEFAULT_BASE_URL } from './url.ts';

/** A request with the endpoint and the input that it was made of. */
type Located = Omit<Sent, 'baseUrl' | 'key' | 'wording'>;

const MIB = 1_048_576;

/** Calls endpoints. Everything that can go wrong comes out as a class of `errors.ts`. */
export class Core {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly #clock: Clock;
  readonly #events: ClientEvents;
  readonly #userAgent: string;
  readonly #exchange: Exchange;
  readonly #budget: Budget | undefined;
  readonly #key: KeyOrigin | undefined;
  readonly #wording: Wording;
  #rate: RateLimit | undefined;

  constructor(options: ClientOptions) {
    this.baseUrl = checkBaseUrl(options.baseUrl ?? DEFAULT_BASE_URL);
    this.#clock = options.clock;
    this.#events = options.events ?? {};
    this.#budget = options.budget;
    this.#key = options.keyOrigin;
    const wording = options.wording ?? OPTION_NAMES;
    this.#wording = wording;
    this.#userAgent = options.userAgent ?? 'worktime-cli';
    const { origin } = new URL(this.baseUrl);
    const timed = withDeadline(options.transport, options.timeout ?? TIMEOUT);
    const keyed = withKey(timed, options.apiKey, origin, options.keyTimeout);
    const received = receiving(keyed, { bytes: options.maxBody ?? 64 * MIB, option: wording.maxBody });
    const retried = retrying(this.#observed(received), options.clock, this.#events);
    const maxWait = options.maxWait ?? 60_000;
    this.#exchange = throttling(retried, options.clock, { maxWait, wording, events: this.#events });
  }

  /** The rate limit as last seen. */
  get rate(): RateLimit | undefined {
    return this.#rate;
  }

  /** The request of a call, without its key; sends nothing. Throws UsageError. */
  prepare<I, O>(endpoint: Endpoint<I, O>, input: I): PreparedRequest {
    return prepareCall(this.baseUrl, endpoint, input, this.#userAgent);
  }

  /** Calls an endpoint; a write whose answer is lost is settled by reading back. */
  async call<I, O>(endpoint: Endpoint<I, O>, input: I, given?: CallOptions): Promise<Answered<O>> {
    const options = checkCallOptions(given);
    // Bulk work has checked what came from a file, and an undo puts back what the API itself has shown.
    const shown = options.settle === false;
    const request = prepareCall(this.baseUrl, endpoint, input, this.#userAgent, shown);
    const flight = new Flight();
    const attempt = () => this.#send<O>(endpoint, request, options, flight);
    const sent = { ...request, params: endpoint.params, input };
    if (endpoint.method === 'GET') return attempt().catch((error) => this.#fail(error, sent));
    if (shown) return attempt().catch((error) => this.#fail(unsettled(error, request), sent));
    return this.#settle<Answered<O>>(
      sent,
      flight,
      attempt,
      this.#readBack(endpoint, request, options),
      options,
      (data) => ({
        data: data as O,
        status: endpoint.status,
        headers: {},
        settled: true,
      }),
    );
  }

  /** Reads a list to its end, a page or two ahead. One page where the answer has no `pagination`. */
  pages<I, O>(endpoint: Endpoint<I, O>, input: I, more?: CallOptions): AsyncIterable<Page<O>> {
    const options = checkCallOptions(more);
    const given = checkInput(endpoint, input);
    // The largest page that is documented: fewest requests of the hourly limit.
    let limit = given['limit'] ?? (endpoint.paging === 'documented' ? 100 : undefined);
    // `api --paginate` has it as text.
    const start = /^[1-9]\d{0,8}$/.test(String(given['page'])) ? Number(given['page']) : undefined;
    return readPages<O>({
      start,
      signal: options.signal,
      warn: (message) => this.#events.warn?.({ message }),
      read: async (page, signal) => {
        const asked = { ...given, limit, page: page === start ? given['page'] : page } as I;
        const answer = await this.call(endpoint, asked, { ...options, signal });
        limit ??= answer.pagination?.limit;
        const { pagination } = answer;
        return { rows: answer.data as O[], ...(pagination ? { pagination } : {}) };
      },
    });
  }

  /** Sends any request below the base URL and answers what came, envelope and all. Throws for an error status. */
  async request(raw: RawRequest, given?: CallOptions): Promise<RawAnswer> {
    const options = checkCallOptions(given);
    const request = prepareRaw(this.baseUrl, raw, this.#userAgent);
    const { method } = request;
    const scope: Scope = method === 'GET' ? 'read' : method === 'DELETE' ? 'full' : 'write';
    const flight = new Flight();
    const attempt = async (): Promise<RawAnswer> => {
      const received = await this.#exchange(outgoing(request, options, flight));
      const envelope = readBody(received);
      const failure = errorOf(received, envelope, { scope });
      if (failure) throw failure;
      const rate = readRate(received.headers, this.#clock.now());
      return { ...received, envelope, ...(rate ? { rate } : {}) };
    };
    if (method === 'GET') return attempt().catch((error) => this.#fail(error, request));
    const read = async () =>
      dataOf((await this.request({ method: 'GET', path: request.path }, options)).envelope);
    return this.#settle(request, flight, attempt, this.#reread(request, read), options, (data) => ({
      status: 200,
      headers: {},
      envelope: { success: true, data },
      bytes: new TextEncoder().encode(JSON.stringify({ success: true, data })),
    }));
  }

  async #send<O>(
    endpoint: AnyEndpoint,
    request: PreparedRequest,
    options: CallOptions,
    flight: Flight,
  ): Promise<Answered<O>> {
    const received = await this.#exchange(outgoing(request, options, flight));
    const { data, pagination, bytes } = readContent(endpoint, received);
    const rate = readRate(received.headers, this.#clock.now());
    return {
      data: data as O,
      status: received.status,
      headers: received.headers,
      ...(pagination ? { pagination } : {}),
      ...(bytes ? { bytes } : {}),
      ...(rate ? { rate } : {}),
    };
  }

  async #settle<T>(
    request: Located,
    flight: Flight,
    attempt: () => Promise<T>,
    readBack: (() => Promise<Trace>) | undefined,
    { signal }: CheckedOptions,
    found: (data: unknown) => T,
  ): Promise<T> {
    const { method, path } = request;
    const sends = method === 'POST' ? 2 : ATTEMPTS;
    try {
      return await settle(
        { method, path, attempt, wasSent: () => flight.sent, readBack, found, sends, signal },
        this.#clock,
        this.#events,
      );
    } catch (error) {
      return this.#fail(error, request);
    }
  }

  /** What tells whether a write took effect. */
  #readBack<I, O>(
    endpoint: Endpoint<I, O>,
    request: PreparedRequest,
    options: CallOptions,
  ): (() => Promise<Trace>) | undefined {
    // As it was sent: what was given may be another by then.
    const body = () => JSON.parse(request.body ?? '{}');
    if (endpoint.id === 'employees.create') {
      const employee: CreateEmployee = body();
      return () => findEmployee(employee, this.pages<object, Employee>(listEmployees, {}, options));
    }
    if (endpoint.id === 'attendance.clock') {
      const event: ClockEvent = body();
      const days = daysAround(event.timestamp);
      const filter = { employee_id: event.employee_id, ...days };
      return (
        days &&
        (() => findClock(event, this.pages<object, AttendanceRecord>(listAttendance, filter, options)))
      );
    }
    const read = async () =>
      dataOf((await this.request({ method: 'GET', path: request.path }, options)).envelope);
    return this.#reread(request, read);
  }

  #reread(request: PreparedRequest, read: () => Promise<unknown>): (() => Promise<Trace>) | undefined {
    switch (request.method) {
      case 'PUT':
        return () => findChange(JSON.parse(request.body ?? 'null'), read);
      case 'DELETE':
        return () => findGone(read);
      default:
        return undefined;
    }
  }

  #fail(error: unknown, request: Located): never {
    throw explain(error, { ...request, baseUrl: this.baseUrl, key: this.#key, wording: this.#wording });
  }

  /** Tells of every attempt, and remembers the rate limit. It stands above the key, so no event can hold it. */
  #observed(exchange: Exchange): Exchange {
    return async (request) => {
      const { method, url, headers, body } = request;
      const turn = this.#budget?.take(request.priority ?? 'person', request.signal);
      if (turn) await turn;
      this.#events.request?.({
        method,
        url,
        headers: { ...headers, authorization: 'Bearer ***' },
        body: typeof body === 'string' ? body : undefined,
      });
      const started = this.#clock.monotonic();
      const received = await exchange(request);
      const rate = readRate(received.headers, this.#clock.now());
      if (rate) {
        this.#rate = rate;
        this.#budget?.seen(rate);
      }
      this.#events.response?.({
        method,
        path: new URL(url).pathname,
        status: received.status,
        headers: received.headers,
        bytes: received.bytes.byteLength,
        ms: this.#clock.monotonic() - started,
      });
      return received;
    };
  }
}

/** Whether any attempt of a call has left. */
class Flight {
  sent = false;
}

function outgoing(
  request: PreparedRequest,
  { signal, settle: settles, priority }: CallOptions,
  flight: Flight,
) {
  const { method, url, headers, body } = request;
  return {
    method,
    url,
    headers,
    // On a kept connection a reset may mean "applied": a new one lets a refusal prove that nothing was sent.
    ...(method === 'POST' && settles !== false ? { freshConnection: true } : {}),
    ...(body === undefined ? {} : { body }),
    onSend: () => {
      flight.sent = true;
    },
    ...(signal ? { signal } : {}),
    ...(priority ? { priority } : {}),
  };
}

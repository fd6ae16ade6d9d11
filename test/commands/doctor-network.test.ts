import { expect, test } from 'vitest';
import { type Transport, TransportError } from '../../src/client/transport.ts';
import type { Result } from '../support/run.ts';
import { breakConfig, rows } from './doctor-world.ts';
import { KEY, machine } from './setup-world.ts';

test.each([
  ['a web page', 200, 'text/html', '<html><title>Welcome</title></html>', 6],
  ['an envelope of something else', 200, 'application/json', '{"success":true,"data":{"status":"up"}}', 6],
  ['a redirect', 302, 'text/html', '', 6],
  ['a server that fails', 500, 'text/html', 'oops', 5],
])('%s is no good API', async (_, status, type, body, code) => {
  const { run } = machine();
  const transport: Transport = async () => ({
    status,
    headers: { 'content-type': type, location: 'https://elsewhere.example/' },
    body: (async function* () {
      yield Buffer.from(body);
    })(),
  });
  const result = await run('doctor --network --json', { env: { WORKTIME_API_KEY: KEY }, transport });
  expect(result.code).toBe(code);
  const told = (JSON.parse(result.stdout) as { check: string; status: string }[]).filter(({ check }) =>
    ['connection', 'key accepted'].includes(check),
  );
  expect(told).toMatchObject([
    { check: 'connection', status: 'problem' },
    { check: 'key accepted', status: 'skipped' },
  ]);
});

test('a key that cannot be had, and a rate limit, are no fault of the connection', async () => {
  const { home, run } = machine();
  breakConfig(home, '{"profile":"a","profiles":{"a":{"key_command":["false"]}}}');
  const keyless = await run('doctor --network --json');
  expect(keyless.code).toBe(4);
  expect(rows(keyless)).toMatchObject({
    connection: { status: 'skipped' },
    'key accepted': { status: 'problem' },
  });
  const transport: Transport = async () => ({
    status: 429,
    headers: { 'retry-after': '3600' },
    body: (async function* () {})(),
  });
  const limited = await run('doctor --network --json', { env: { WORKTIME_API_KEY: KEY }, transport });
  expect(limited.code).toBe(7);
  expect(rows(limited)).toMatchObject({ connection: { status: 'ok' }, 'rate limit': { status: 'problem' } });
});

test('without a key, whoever does not ask for one may be another', async () => {
  const { run } = machine();
  const transport: Transport = async () => ({ status: 200, headers: {}, body: (async function* () {})() });
  const { code, stdout } = await run('doctor --network --json', { transport });
  expect(code).toBe(0);
  expect(rows({ stdout } as Result)['connection']).toMatchObject({
    status: 'warning',
    next: expect.stringContaining('check the base URL'),
  });
});

test('a key that the API rejects ends with 4, and the connection counts as good', async () => {
  const { run } = machine();
  const result = await run('doctor --network --json', {
    env: { WORKTIME_API_KEY: 'wt_live_bad_0123456789' },
  });
  expect(result.code).toBe(4);
  expect(rows(result)).toMatchObject({ connection: { status: 'ok' }, 'key accepted': { status: 'problem' } });
});

test('a fault is told once, in its row: the end names the check that found it', async () => {
  const { run } = machine();
  const env = { WORKTIME_API_KEY: 'wt_live_bad_0123456789' };
  const { code, stdout, stderr } = await run('doctor --network', { env });
  expect(code).toBe(4);
  expect(stdout).toContain('the API rejected the key in WORKTIME_API_KEY: Invalid API key');
  expect(stdout).toContain('put a valid key into WORKTIME_API_KEY');
  expect(stderr).toBe('worktime: doctor found 1 problem, at "key accepted"\n');
  const asJson = await run('doctor --network --json', { env });
  expect(JSON.parse(asJson.stderr).error).toMatchObject({ code: 'unauthorized', exit: 4 });
});

test('an API that cannot be reached ends with 5, with or without a key', async () => {
  const { run } = machine();
  const transport = async (): Promise<never> => {
    throw new TransportError('getaddrinfo ENOTFOUND', 'dns', { code: 'ENOTFOUND' });
  };
  for (const env of [{}, { WORKTIME_API_KEY: KEY }]) {
    const result = await run('doctor --network --json', { env, transport });
    expect(result.code).toBe(5);
    expect(rows(result)['connection']?.status).toBe('problem');
  }
});

test.each([
  [
    'who does not speak HTTP',
    new TransportError('bad', 'broken', { code: 'HPE_INVALID' }),
    6,
    'does not speak HTTP',
  ],
  ['whom nobody finds', new TransportError('gone', 'dns', { code: 'ENOTFOUND' }), 5, 'no such host'],
  [
    'whose certificate is bad',
    new TransportError('expired', 'tls', { code: 'CERT' }),
    5,
    'no secure connection',
  ],
])('%s is told in the same words with and without a key', async (_, fault, code, words) => {
  const { run } = machine();
  const transport = async (): Promise<never> => {
    throw fault;
  };
  const told = [];
  for (const env of [{}, { WORKTIME_API_KEY: KEY }]) {
    const result = await run('doctor --network --json', { env, transport });
    expect(result.code).toBe(code);
    told.push(rows(result)['connection']);
  }
  expect(told[0]).toMatchObject({ status: 'problem', detail: expect.stringContaining(words) });
  expect(told[1]).toEqual(told[0]);
});

test('--timeout holds without a key too', async () => {
  const { run } = machine();
  const transport = () => new Promise<never>(() => {});
  for (const env of [{}, { WORKTIME_API_KEY: KEY }]) {
    const result = await run('doctor --network --timeout 20ms --json', { env, transport });
    expect(result.code).toBe(5);
    expect(rows(result)['connection']).toMatchObject({
      detail: expect.stringContaining('no whole answer within 0.02 s'),
      next: expect.stringContaining('--timeout'),
    });
  }
});

test('a clock that is off is said, by how much and which way', async () => {
  const { run } = machine();
  const now = Date.parse('2024-11-18T14:00:00Z');
  const result = await run('doctor --network --json', { env: { WORKTIME_API_KEY: KEY }, now });
  expect(rows(result)['clock']).toMatchObject({
    status: 'warning',
    detail: expect.stringMatching(/2 h ahead/),
  });
});

test('in the sandbox it stays in process', async () => {
  const { run, requests } = machine();
  const result = await run('--sandbox doctor --network --json');
  expect(result.code).toBe(0);
  expect(rows(result)['connection']?.detail).toContain('embedded sandbox');
  expect(requests).toEqual([]);
});

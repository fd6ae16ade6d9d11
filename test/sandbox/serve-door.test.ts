import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { serve } from '../../src/sandbox/serve.ts';
import { temporaryFolder } from '../support/context.ts';
import { JANE, realContext, served } from './server.ts';
import { sandboxOf } from './support.ts';

/** Sends raw bytes; resolves to all that came back once the other side has closed. */
const raw = (port: number, ...parts: string[]) =>
  new Promise<string>((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => {
      for (const part of parts) socket.write(part);
    });
    socket.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', () => undefined).on('close', () => resolve(text));
  });

describe('the door', () => {
  it('answers its own names alone, and no page of another origin', async () => {
    const { http, port } = await served();
    const authorization = 'Bearer wt_sandbox_full';
    const ask = async (headers: Record<string, string>) =>
      (await http('GET', '/v1/organization', undefined, { authorization, ...headers })).status;
    expect(await ask({ host: `localhost:${port}` })).toBe(200);
    expect(await ask({ host: `[::1]:${port}` })).toBe(200);
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example', '10.0.0.1']) {
      expect([host, await ask({ host })]).toEqual([host, 403]);
    }
    for (const origin of ['https://evil.example', 'null', `http://localhost:${port + 1}`]) {
      expect([origin, await ask({ origin })]).toEqual([origin, 403]);
    }
    const named = await served({ allowHosts: ['sandbox.test'] });
    expect(
      (await named.http('GET', '/v1/organization', undefined, { authorization, host: 'sandbox.test' }))
        .status,
    ).toBe(200);
  });

  it('refuses a real-looking key and tells nobody what it was', async () => {
    const { http } = await served();
    const answer = await http('GET', '/v1/organization', undefined, {
      authorization: 'Bearer wt_live_4f9a8c7b',
    });
    expect(answer.status).toBe(401);
    expect(answer.body.error.message).toContain('wt_sandbox_full');
    expect(answer.text).not.toContain('4f9a8c7b');
  });

  it('keeps the control paths from browsers', async () => {
    const { http, port } = await served();
    const origin = `http://127.0.0.1:${port}`;
    expect((await http('GET', '/__sandbox/ledger', undefined, { origin })).status).toBe(403);
    expect((await http('GET', '/__sandbox/ledger', undefined, { host: 'evil.example' })).status).toBe(403);
    expect((await http('GET', '/__sandbox/nothing')).status).toBe(404);
    expect((await http('GET', '/v1/__sandbox/ledger')).status).toBe(401);
    expect((await http('GET', 'http://localhost/__sandbox/ledger?after=0')).status).toBe(200);
    // Of a whole URL the authority counts, whatever the Host header says beside it.
    expect((await http('GET', 'http://evil.example/__sandbox/ledger')).status).toBe(403);
    // No address that a URL parser would take, and no fault of the sandbox's.
    expect((await http('GET', 'http://localhost:99999/__sandbox/nothing')).status).toBe(404);
    expect((await http('GET', '/__sandbox/../v1/organization')).body.error.message).toContain('/../v1/');
  });

  it('takes no body above a megabyte, and goes on serving', async () => {
    const { api } = await served();
    const large = await api('POST', '/employees', { ...JANE, notes: 'x'.repeat(1 << 20) }).catch(
      () => undefined,
    );
    expect([413, undefined]).toContain(large?.status);
    expect((await api('GET', '/organization')).body.data.employees_count).toBe(42);
  });

  it.each([
    ['no HTTP at all', 'hello\r\n\r\n'],
    ['a request without a host', 'GET /v1/organization HTTP/1.1\r\n\r\n'],
    ['a path that is none', 'GET http://[ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'],
    ['headers without an end', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`],
    [
      'two lengths',
      'POST /v1/employees HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
    ],
  ])('survives %s', async (_, bytes) => {
    const { api, port } = await served();
    expect(await raw(port, bytes)).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect((await api('GET', '/organization')).status).toBe(200);
  });

  it('says that the port is in use, and what to do', async () => {
    const { port } = await served();
    const again = serve({ context: realContext, directory: null, port });
    await expect(again).rejects.toMatchObject({
      exit: 9,
      code: 'port_in_use',
      message: `cannot listen on 127.0.0.1:${port}: the port is in use`,
      next: expect.stringContaining('--port'),
    });
  });

  it('shares its state on disk with commands in process', async () => {
    const directory = `${temporaryFolder()}/sandbox`;
    const { api } = await served({ directory });
    const { ask } = await sandboxOf({}, { directory, now: new Date().toISOString() });
    await ask('POST', '/employees', { name: 'Ada', email: 'ada@example.org' });
    expect((await api('POST', '/employees', { name: 'Bob', email: 'ada@example.org' })).status).toBe(400);
    expect((await api('POST', '/employees', JANE)).body.data.id).toBe('emp_123499');
    expect((await ask('GET', '/employees/emp_123499')).body.data.name).toBe('Jane Smith');
  });
});

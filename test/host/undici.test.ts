import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cachedDataVersionTag } from 'node:v8';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

const OLD = Number.parseInt(process.versions.node, 10) < 22;
const server = createServer((_, response) => response.end('{}'));
const setFlags = vi.spyOn(process.getBuiltinModule('node:v8'), 'setFlagsFromString');

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** The module as it is when it is loaded for the first time, and a request through it. */
async function fresh() {
  vi.resetModules();
  const { closeConnections, spareParser, transport } = await import('../../src/host/undici.ts');
  const { port } = server.address() as AddressInfo;
  const request = { method: 'GET' as const, url: `http://127.0.0.1:${port}/`, headers: {} };
  const send = async (signal?: AbortSignal) => {
    const { status, body } = await transport({ ...request, ...(signal ? { signal } : {}) });
    for await (const _ of body);
    return status;
  };
  return { send, spareParser, closeConnections };
}

describe('the flags of V8', () => {
  beforeEach(() => {
    setFlags.mockClear();
  });

  it("are the host program's own where the library sends", async () => {
    const { send, closeConnections } = await fresh();
    expect(await send()).toBe(200);
    expect(setFlags).not.toHaveBeenCalled();
    closeConnections();
  });

  it("change for the parser alone, once, where the process is the command line's, and are set again", async () => {
    const before = cachedDataVersionTag();
    const { send, spareParser, closeConnections } = await fresh();
    spareParser();
    // Nobody waits for this connection any more: no parser is made for it.
    await expect(send(AbortSignal.abort(new Error('left')))).rejects.toThrow('left');
    const leaving = new AbortController();
    const left = send(leaving.signal);
    leaving.abort(new Error('left'));
    await expect(left).rejects.toThrow();
    expect(setFlags).not.toHaveBeenCalled();
    expect(await send()).toBe(200);
    expect(setFlags).toHaveBeenCalledTimes(OLD ? 6 : 0);
    expect(cachedDataVersionTag()).toBe(before);
    spareParser();
    closeConnections();
    expect(await send()).toBe(200);
    expect(setFlags).toHaveBeenCalledTimes(OLD ? 6 : 0);
    closeConnections();
  });
});

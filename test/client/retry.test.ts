import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { RefusedError } from '../../src/errors.ts';
import {
  clientFor,
  envelope,
  failure,
  httpServer,
  JOHN,
  json,
  rawServer,
  reset,
  virtualClock,
  wire,
} from './support.ts';

const OK = JSON.stringify(envelope(JOHN));

/** A port on this machine where nobody listens. */
async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

describe('a read is tried three times', () => {
  it('when the connection is refused', async () => {
    const { client, clock } = clientFor(await closedPort());
    await expect(client.employees.get('emp_1')).rejects.toMatchObject({
      name: 'TemporaryError',
      code: 'unreachable',
      exit: 5,
    });
    expect(clock.sleeps).toEqual([250, 500]);
  });

  it('when the connection is reset, then answers', async () => {
    const server = await rawServer((socket, _, index) =>
      index < 2 ? reset(socket) : socket.write(wire('200 OK', OK)),
    );
    const { client } = clientFor(server.origin);
    expect(await client.employees.get('emp_123456')).toEqual(JOHN);
    expect(server.requests).toHaveLength(3);
  });

  it('when the connection is reset for ever, and no more', async () => {
    const server = await rawServer((socket) => reset(socket));
    const { client } = clientFor(server.origin);
    await expect(client.employees.get('emp_1')).rejects.toMatchObject({
      code: 'connection_broken',
      exit: 5,
      method: 'GET',
      path: '/employees/emp_1',
    });
    expect(server.requests).toHaveLength(3);
  });

  it('when the connection closes without a byte', async () => {
    const server = await rawServer((socket, _, index) =>
      index === 0 ? socket.end() : socket.write(wire('200 OK', OK)),
    );
    const { client } = clientFor(server.origin);
    expect(await client.employees.get('emp_123456')).toEqual(JOHN);
  });

  it.each([500, 502, 503, 504, 408])('when the status is %i once', async (status) => {
    const server = await httpServer((_, response, index) =>
      index === 0 ? json(response, status, { success: false }) : json(response, 200, envelope(JOHN)),
    );
    const { client } = clientFor(server.origin);
    expect(await client.employees.get('emp_123456')).toEqual(JOHN);
    expect(server.requests).toHaveLength(2);
  });

  it('when the status is 500 for ever, and then says so', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(502, { 'content-type': 'text/html' }).end('<html>bad gateway</html>');
    });
    const { client } = clientFor(server.origin);
    await expect(client.organization.get()).rejects.toMatchObject({
      name: 'TemporaryError',
      status: 502,
      exit: 5,
    });
    expect(server.requests).toHaveLength(3);
  });

  it.each([
    [0, [0, 0]],
    [0.999999, [500, 1000]],
  ])('with full jitter: from nothing to a bound that doubles (%d)', async (chance, sleeps) => {
    const clock = virtualClock(() => chance);
    const { client } = clientFor(await closedPort(), { clock });
    await expect(client.organization.get()).rejects.toMatchObject({ exit: 5 });
    expect(clock.sleeps).toEqual(sleeps);
  });

  it('but never when it was refused for good', async () => {
    const server = await httpServer((_, response) =>
      json(response, 404, { success: false, error: { code: 'not_found', message: 'No such employee' } }),
    );
    const { client, clock } = clientFor(server.origin);
    expect(await failure(client.employees.get('emp_0'))).toBeInstanceOf(RefusedError);
    expect(server.requests).toHaveLength(1);
    expect(clock.sleeps).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { clientFor, envelope, httpServer, JOHN, json, rawServer, wire } from './support.ts';

describe('connections', () => {
  it('are reused for reads', async () => {
    const server = await httpServer((_, response) => json(response, 200, envelope(JOHN)));
    const { client } = clientFor(server.origin);
    for (let i = 0; i < 3; i++) await client.employees.get('emp_123456');
    expect(server.requests.map(({ connection }) => connection)).toEqual([1, 1, 1]);
  });

  it('are new for a POST, so that a refusal proves that nothing was sent', async () => {
    const server = await httpServer((_, response) => json(response, 201, envelope(JOHN)));
    const { client } = clientFor(server.origin);
    await client.employees.list().catch(() => {});
    await client.employees.create({ name: 'Jane', email: 'jane@example.com' });
    await client.employees.create({ name: 'Joan', email: 'joan@example.com' });
    const posts = server.requests.filter(({ method }) => method === 'POST');
    expect(new Set(posts.map(({ connection }) => connection)).size).toBe(2);
    expect(posts[0]?.connection).not.toBe(server.requests[0]?.connection);
  });

  it('a resting one that the server has closed costs no attempt of the caller', async () => {
    let closed = Promise.resolve();
    const server = await rawServer((socket, _, index) => {
      socket.write(wire('200 OK', JSON.stringify(envelope(JOHN))));
      if (index > 0) return;
      closed = new Promise((resolve) => socket.once('close', () => resolve()));
      socket.end();
    });
    const { client, clock } = clientFor(server.origin);
    await client.employees.get('emp_123456');
    await closed;
    expect(await client.employees.get('emp_123456')).toEqual(JOHN);
    expect(server.requests).toHaveLength(2);
    expect(clock.sleeps).toEqual([]);
  });
});

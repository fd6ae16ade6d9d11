import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { clientFor, envelope, httpServer, JOHN } from './support.ts';

const OK = JSON.stringify(envelope(JOHN));

describe('the size of an answer is capped as decoded', () => {
  const bomb = () => gzipSync(Buffer.alloc(20_000_000, 0x20));

  it.each([
    ['gzip', bomb()],
    ['br', brotliCompressSync(Buffer.alloc(20_000_000, 0x20))],
    ['deflate', deflateSync(Buffer.alloc(20_000_000, 0x20))],
    ['gzip, gzip', gzipSync(bomb())],
  ])('a %s bomb is refused', async (encoding, body) => {
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-encoding': encoding, 'content-length': body.length }).end(body);
    });
    const { client } = clientFor(server.origin, { maxBody: 1_048_576 });
    await expect(client.organization.get()).rejects.toMatchObject({
      name: 'InvalidAnswerError',
      code: 'answer_too_large',
      message: 'the answer is larger than 1 MiB',
      exit: 6,
    });
    expect(server.requests).toHaveLength(1);
  });

  it('a body that never ends is refused at the cap', async () => {
    const server = await httpServer((_, response) => {
      const chunk = Buffer.alloc(65_536, 0x20);
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    });
    const { client } = clientFor(server.origin, { maxBody: 3_000_000 });
    await expect(client.organization.get()).rejects.toMatchObject({ code: 'answer_too_large' });
  });

  it.each([
    ['gzip', gzipSync(OK)],
    ['br', brotliCompressSync(OK)],
    ['deflate', deflateSync(OK)],
    ['deflate', deflateRawSync(OK)],
  ])('%s is decoded', async (encoding, body) => {
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(body);
    });
    const { client } = clientFor(server.origin);
    expect(await client.employees.get('emp_123456')).toEqual(JOHN);
  });

  it('a compressed body that ends early is cut, and tried again', async () => {
    const server = await httpServer((_, response, index) => {
      const body = gzipSync(OK);
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(index === 0 ? body.subarray(0, -12) : body);
    });
    const { client } = clientFor(server.origin);
    expect(await client.employees.get('emp_123456')).toEqual(JOHN);
    expect(server.requests).toHaveLength(2);
  });

  it.each(['zstd', 'gzip, gzip, gzip', 'x'])(
    'an encoding that nobody asked for (%s) is refused',
    async (encoding) => {
      const server = await httpServer((_, response) => {
        response.writeHead(200, { 'content-encoding': encoding }).end(OK);
      });
      const { client } = clientFor(server.origin);
      await expect(client.organization.get()).rejects.toMatchObject({ code: 'bad_encoding', exit: 6 });
    },
  );
});

it.each([
  ['gzip', gzipSync(OK)],
  ['br', brotliCompressSync(OK)],
])('without a cap what is encoded with %s is read like any other', async (encoding, body) => {
  const server = await httpServer((_, response) => {
    response.writeHead(200, { 'content-encoding': encoding, 'content-length': body.length }).end(body);
  });
  for (const maxBody of [Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER, 2 ** 33]) {
    const { client } = clientFor(server.origin, { maxBody });
    expect(await client.organization.get()).toEqual(JOHN);
  }
});

import { describe, expect, it } from 'vitest';
import { clientFor, envelope, JOHN, rawServer, wire } from './support.ts';

const OK = JSON.stringify(envelope(JOHN));

describe('a body that is cut short is never taken for a whole one', () => {
  const cases: [string, string][] = [
    ['of its Content-Length', `HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n${OK}`],
    [
      'of its last chunk',
      `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n10\r\n${OK.slice(0, 16)}\r\n`,
    ],
    ['and has neither', `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n${OK.slice(0, -3)}`],
  ];
  it.each(cases)('%s', async (_, bytes) => {
    const server = await rawServer((socket) => socket.end(bytes));
    const { client } = clientFor(server.origin);
    await expect(client.employees.get('emp_123456')).rejects.toMatchObject({
      name: 'InvalidAnswerError',
      code: 'cut_answer',
      exit: 6,
    });
    expect(server.requests).toHaveLength(3);
  });

  it.each(cases)('%s: the next attempt counts', async (_, bytes) => {
    const server = await rawServer((socket, __, index) =>
      socket.end(index === 0 ? bytes : wire('200 OK', OK)),
    );
    const { client } = clientFor(server.origin);
    expect(await client.employees.get('emp_123456')).toEqual(JOHN);
  });

  it('while a whole one that ends with the connection is taken', async () => {
    const server = await rawServer((socket) => socket.end(`HTTP/1.1 200 OK\r\n\r\n${OK}`));
    const { client } = clientFor(server.origin);
    expect(await client.employees.get('emp_123456')).toEqual(JOHN);
    expect(server.requests).toHaveLength(1);
  });

  it('nor a workbook without its end', async () => {
    const server = await rawServer((socket) =>
      socket.end(`HTTP/1.1 200 OK\r\n\r\nPK\u0003\u0004${'x'.repeat(500)}`),
    );
    const { client } = clientFor(server.origin);
    const period = { start_date: '2024-11-01', end_date: '2024-11-30' };
    await expect(client.reports.payroll({ ...period, format: 'excel' })).rejects.toMatchObject({
      code: 'cut_answer',
    });
  });
});

describe('what is not HTTP is no answer', () => {
  it.each([
    ['another protocol', '220 smtp.example ESMTP\r\n'],
    ['a header without end', `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(40_000)}`],
    ['a chunk of no size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello!'],
  ])('%s', async (_, bytes) => {
    const server = await rawServer((socket) => socket.write(bytes));
    const { client } = clientFor(server.origin);
    await expect(client.organization.get()).rejects.toMatchObject({
      name: expect.stringMatching(/InvalidAnswerError|CutError/),
      exit: 6,
    });
  });

  it('an interim answer before the real one is passed over', async () => {
    const server = await rawServer((socket) =>
      socket.write(`HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n${wire('200 OK', OK)}`),
    );
    const { client } = clientFor(server.origin);
    expect(await client.employees.get('emp_123456')).toEqual(JOHN);
  });
});

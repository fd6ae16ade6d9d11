import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeEntry, encodeEntry, exactly, hashOf } from '../../src/webhooks/entry.ts';
import { type GuardRules, hostsOf, isLoopback, refusalOf } from '../../src/webhooks/guard.ts';
import { shownUrl } from '../../src/webhooks/target.ts';
import { checkToken, sameSecret } from '../../src/webhooks/token.ts';
import { addressesIn } from '../../src/webhooks/tunnel.ts';

const token = 'wt_0123456789';
const rules: GuardRules = { hosts: new Set(['127.0.0.1:4242']), path: '/hooks', token, maxBody: 100 };

function head(headers: Record<string, string>, url = `/hooks/${token}`, method = 'POST') {
  const all = { host: '127.0.0.1:4242', 'content-type': 'application/json', ...headers };
  return { method, url, headers: all, rawHeaders: Object.entries(all).flat() };
}

const statusOf = (...given: Parameters<typeof head>) => refusalOf(head(...given), rules)?.status;

describe('the guard', () => {
  it('lets in what is as it should be, the token in the path or in the query', () => {
    expect(statusOf({})).toBeUndefined();
    expect(statusOf({ 'content-type': 'Application/JSON ; charset="UTF-8"' })).toBeUndefined();
    expect(statusOf({}, `/hooks?x=1&token=${token}`)).toBeUndefined();
  });

  it('lets nothing in without the token, whatever the address', () => {
    const piece = fc.oneof(
      fc.constantFrom('hooks', token.slice(1), '..', '.', '', 'token', '?', '#'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5 }), (pieces) => {
        const url = `/${pieces.join('/')}`;
        fc.pre(!url.includes(token));
        expect([401, 404]).toContain(statusOf({}, url));
      }),
    );
  });

  it('lets nobody in by a host that is not ours', () => {
    fc.assert(
      fc.property(fc.string(), (host) => {
        fc.pre(host.toLowerCase() !== '127.0.0.1:4242');
        expect(statusOf({ host })).toBe(403);
      }),
    );
  });

  it('lets no browser in, whatever it says', () => {
    fc.assert(fc.property(fc.string(), (origin) => void expect(statusOf({ origin })).toBe(403)));
  });

  it('takes any address of a machine that listens on all of them, but no name that could be anybody', () => {
    const open = { ...rules, hosts: new Set<string>(), anyAddressAtPort: 4242 };
    const by = (host: string) => refusalOf(head({ host }), open)?.status;
    expect(['192.168.1.5:4242', '[2001:db8::1]:4242'].map(by)).toEqual([undefined, undefined]);
    expect(
      ['evil.example:4242', '192.168.1.5:80', '192.168.1.5', '1.2.3.4.evil.example:4242'].map(by),
    ).toEqual([403, 403, 403, 403]);
  });

  it('knows the hosts of a public address, and what is loopback', () => {
    expect(hostsOf(new URL('https://Hooks.Example.com/a'))).toEqual([
      'hooks.example.com',
      'hooks.example.com:443',
    ]);
    expect(hostsOf(new URL('http://x.example:8080'))).toEqual(['x.example:8080']);
    expect(['127.0.0.1', '::1', 'localhost', '127.8.9.1'].every(isLoopback)).toBe(true);
    expect(['0.0.0.0', '10.0.0.1', 'localhost.evil.example', '::'].some(isLoopback)).toBe(false);
  });
});

describe('tokens', () => {
  it('are the same only when they are', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => void expect(sameSecret(a, b)).toBe(a === b)));
  });

  it('need no escapes and cannot be guessed at once', () => {
    expect(checkToken('a-Good_token.1')).toBe('a-Good_token.1');
    for (const bad of ['', 'short', 'with/slash-x', 'with space-x', '........', 'ünïcödé-token']) {
      expect(() => checkToken(bad)).toThrow('--token');
    }
  });

  it('are not shown with the address of a handler', () => {
    expect(shownUrl(`http://u:p@h.example:1/hook/${token}?token=s3cret`)).toBe('http://h.example:1/hook/…');
  });
});

describe('a line of the record', () => {
  const headers = fc.dictionary(fc.constantFrom('content-type', 'user-agent', 'x-id'), fc.string());
  const event = fc.record({
    event: fc.string({ minLength: 1 }),
    data: fc.dictionary(fc.string(), fc.jsonValue()),
  });

  it('gives back exactly what was delivered, and has no line feed in it', () => {
    const arrived = fc.tuple(
      event,
      headers,
      fc.boolean(),
      fc.nat(),
      fc.constantFrom('', ' ', '\n', '\t\r\n'),
    );
    fc.assert(
      fc.property(arrived, ([said, kept, duplicate, receivedAt, blank]) => {
        const body = Buffer.from(`${blank}${JSON.stringify(said, null, blank)}${blank}`);
        const line = encodeEntry({
          receivedAt,
          headers: kept,
          body: exactly(body),
          hash: hashOf(body),
          duplicate,
        });
        expect(line).not.toContain('\n');
        const read = decodeEntry(line);
        expect(Buffer.from(read?.body ?? '').equals(body)).toBe(true);
        expect(read).toMatchObject({ receivedAt, duplicate, headers: { ...kept } });
      }),
    );
  });

  it('is no entry once a byte of its body is another', () => {
    const body = Buffer.from('{"event":"x","data":{"amount":10}}');
    const whole = {
      receivedAt: 1,
      headers: {},
      body: body.toString(),
      hash: hashOf(body),
      duplicate: false,
    };
    const line = encodeEntry(whole);
    expect(decodeEntry(line.replace('10', '90'))).toBeUndefined();
    expect(decodeEntry(line.slice(0, -1))).toBeUndefined();
  });

  it('may be anything at all without doing harm', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (line) => void decodeEntry(line)));
  });
});

describe("a tunnel's address", () => {
  it.each([
    ['INF |  https://quiet-river.trycloudflare.com   |', 'https://quiet-river.trycloudflare.com/'],
    ['t=2024 lvl=info msg="started tunnel" url=https://ab12.ngrok-free.app', 'https://ab12.ngrok-free.app/'],
    ['abc.lhr.life tunneled with tls termination, https://abc.lhr.life', 'https://abc.lhr.life/'],
    ['your url is: https://tall-dog.loca.lt', 'https://tall-dog.loca.lt/'],
    ['\u001b[32mhttps://x.example.com\u001b[0m.', 'https://x.example.com/'],
  ])('is found in %j', (line, url) => {
    expect(addressesIn(line).map(({ href }) => href)).toEqual([url]);
  });

  it.each([
    'Thank you … https://developers.cloudflare.com/cloudflare-one/connections',
    'To set up: https://dashboard.ngrok.com/get-started and https://admin.localhost.run/',
    'listening on http://127.0.0.1:4242',
    'https://',
  ])('is not found in %j', (line) => {
    expect(addressesIn(line)).toEqual([]);
  });
});

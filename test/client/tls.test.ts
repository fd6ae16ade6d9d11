import dns from 'node:dns';
import { createServer as createPlainServer } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { clientFor } from './support.ts';

/** A certificate for localhost that no authority has signed, made for this test alone. */
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgpDxsrEsS9jeqjGLI
l4ljP+DJslcq9r+MiQmFALJXWN6hRANCAARcaJbx3vGiorPkAu6p3vS3MESJt/Qu
/LciBUiya9y8O4DVvT/m51BQSQu9Yb2taCagMSLJnU5bCcxERN375TV3
-----END PRIVATE KEY-----
`;
const cert = `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUAsdFFfdDJsrp77ZVZe9vFOvbCIgwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzIzMjMzMFoYDzIxMjYxMDMw
MjMyMzMwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARcaJbx3vGiorPkAu6p3vS3MESJt/Qu/LciBUiya9y8O4DVvT/m51BQ
SQu9Yb2taCagMSLJnU5bCcxERN375TV3o28wbTAdBgNVHQ4EFgQU/3b7Gc4KXO3N
A7Q4x57+0DgluwowHwYDVR0jBBgwFoAU/3b7Gc4KXO3NA7Q4x57+0DgluwowDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIgLDf/US9N1Kb9HVYUB3h3nzlrzJOVWResCkuTjB7g7k0CIQCT
KQRbc9E8UGcvTzs9aqxesTU8FIS/etDL1e1IaLubDw==
-----END CERTIFICATE-----
`;

afterEach(() => vi.restoreAllMocks());

async function secureServer() {
  let requests = 0;
  const server = createServer({ key, cert }, (_, response) => {
    requests++;
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

describe('a bad certificate', () => {
  it.each([undefined, '0'])('is refused, whatever the environment says (%s)', async (bypass) => {
    const server = await secureServer();
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', bypass);
    try {
      const { client, clock } = clientFor(server.origin);
      await expect(
        client.employees.create({ name: 'Jane', email: 'jane@example.com' }),
      ).rejects.toMatchObject({
        name: 'TemporaryError',
        code: 'tls',
        exit: 5,
        applied: 'no',
        message: expect.stringContaining('its certificate is self-signed'),
        next: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
      });
      // It will not heal by trying again.
      expect(clock.sleeps).toEqual([]);
      expect(server.requests()).toBe(0);
    } finally {
      vi.unstubAllEnvs();
      await server.close();
    }
  });
});

describe('a port that speaks no TLS', () => {
  const plainServer = async () => {
    const server = createPlainServer((_, response) => response.end('{}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { server, port: (server.address() as AddressInfo).port };
  };

  it('is said to be that, with the address to check, and neither clock nor authority', async () => {
    const { server, port } = await plainServer();
    try {
      const { client, clock } = clientFor(`https://127.0.0.1:${port}`);
      await expect(
        client.employees.create({ name: 'Jane', email: 'jane@example.com' }),
      ).rejects.toMatchObject({
        code: 'tls',
        exit: 5,
        applied: 'no',
        message: `no secure connection to 127.0.0.1:${port}: that port does not speak TLS`,
        next: `check the base URL: a server of this machine that has no certificate is http://127.0.0.1:${port}`,
      });
      expect(clock.sleeps).toEqual([]);
    } finally {
      server.close();
    }
  });

  it('of another machine is not to be called by http://, which is for this one alone', async () => {
    const { server, port } = await plainServer();
    vi.spyOn(dns, 'lookup').mockImplementation(((...args: unknown[]) => {
      const callback = args.at(-1) as (error: null, found: { address: string; family: number }[]) => void;
      setImmediate(() => callback(null, [{ address: '127.0.0.1', family: 4 }]));
    }) as typeof dns.lookup);
    try {
      const { client } = clientFor(`https://api.example.test:${port}`);
      await expect(client.organization.get()).rejects.toMatchObject({
        message: `no secure connection to api.example.test:${port}: that port does not speak TLS`,
        next: 'check the base URL, its host and its port; http:// is for this machine alone',
      });
    } finally {
      server.close();
    }
  });
});

describe('a name that does not resolve', () => {
  /** The system's resolver is the one thing that cannot be broken at a socket. */
  const resolving = (code: string) =>
    vi.spyOn(dns, 'lookup').mockImplementation(((...args: unknown[]) => {
      const callback = args.at(-1) as (error: Error) => void;
      setImmediate(() => callback(Object.assign(new Error(code), { code })));
    }) as typeof dns.lookup);

  it('is said, and not tried again', async () => {
    const lookup = resolving('ENOTFOUND');
    const { client } = clientFor('https://api.nowhere.invalid');
    await expect(client.organization.get()).rejects.toMatchObject({
      code: 'dns',
      exit: 5,
      message: 'no such host: api.nowhere.invalid',
    });
    expect(lookup).toHaveBeenCalledTimes(1);
  });

  it('is tried again when only the name server did not answer', async () => {
    const lookup = resolving('EAI_AGAIN');
    const { client } = clientFor('https://api.nowhere.invalid');
    await expect(client.organization.get()).rejects.toMatchObject({ code: 'dns', exit: 5 });
    expect(lookup).toHaveBeenCalledTimes(3);
  });
});

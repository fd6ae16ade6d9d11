/** Times are shown in the organization's zone, whoever has learned it, and it costs one call a day at most. */

import { describe, expect, it } from 'vitest';
import type { Transport } from '../../src/client/transport.ts';
import { temporaryFolder } from '../support/context.ts';
import { run } from '../support/run.ts';

const env = { WORKTIME_API_KEY: 'wt_live_0123456789abcdef', WORKTIME_BASE_URL: 'https://api.example.com/v1' };
const opened = {
  id: 'event_1',
  lock_id: 'lock_789',
  employee_id: 'emp_123456',
  employee_name: 'John Doe',
  access_method: 'card',
  success: true,
  timestamp: '2024-11-18T04:56:34Z',
};

/** An API whose organization is in Tbilisi, or does not say where; it tells which paths were asked for. */
function api(organization: { status: number; body: unknown }): { transport: Transport; paths: string[] } {
  const paths: string[] = [];
  const transport: Transport = async ({ url }) => {
    const { pathname } = new URL(url);
    paths.push(pathname.replace('/v1', ''));
    const asked = pathname.endsWith('/organization');
    const { status, body } = asked ? organization : { status: 200, body: { success: true, data: [opened] } };
    const text = new TextEncoder().encode(JSON.stringify(body));
    async function* bytes() {
      yield text;
    }
    return { status, headers: { 'content-type': 'application/json' }, body: bytes() };
  };
  return { transport, paths };
}

const tbilisi = {
  status: 200,
  body: { success: true, data: { id: 'org_1', name: 'Acme', timezone: 'Asia/Tbilisi' } },
};
const history = 'locks history lock_789';

describe('the zone of times in tables', () => {
  it('is the organization’s with nothing but a key, asked once and kept for a day', async () => {
    const { transport, paths } = api(tbilisi);
    const home = temporaryFolder();
    const first = await run(history, { env, home, transport });
    expect(first.stderr).toBe('');
    expect(first.stdout).toContain('2024-11-18 08:56:34');
    expect((await run(history, { env, home, transport })).stdout).toBe(first.stdout);
    expect(paths).toEqual(['/locks/lock_789/history', '/organization', '/locks/lock_789/history']);
    const dayLater = Date.parse('2024-11-19T12:00:01Z');
    await run(history, { env, home, transport, now: dayLater });
    expect(paths.slice(3)).toEqual(['/locks/lock_789/history', '/organization']);
  });

  it('is learned from whatever answer tells it: showing the organization asks once, and so does all that follows', async () => {
    const born = { ...tbilisi.body.data, created_at: '2024-01-15T20:30:00Z', more: 'kept' };
    const { transport, paths } = api({ status: 200, body: { success: true, data: born } });
    const home = temporaryFolder();
    const { stdout } = await run('organization show', { env, home, transport });
    expect(stdout).toContain('2024-01-16 00:30');
    expect(stdout).toContain('kept');
    expect(paths).toEqual(['/organization']);
    expect((await run(history, { env, home, transport })).stdout).toContain('2024-11-18 08:56:34');
    expect(paths.slice(1)).toEqual(['/locks/lock_789/history']);
    const asked = api(tbilisi);
    const elsewhere = temporaryFolder();
    await run('whoami', { env, home: elsewhere, transport: asked.transport });
    await run(history, { env, home: elsewhere, transport: asked.transport });
    expect(asked.paths).toEqual(['/organization', '/locks/lock_789/history']);
  });

  it('is asked for once by a delete that names the organization and shows times', async () => {
    const deleted = { id: 'emp_1', name: 'Ann', created_at: '2024-01-15T20:30:00Z', status: 'inactive' };
    const paths: string[] = [];
    const transport: Transport = async ({ url, method }) => {
      const path = new URL(url).pathname.replace('/v1', '');
      paths.push(`${method} ${path}`);
      const data = path === '/organization' ? tbilisi.body.data : deleted;
      const text = new TextEncoder().encode(JSON.stringify({ success: true, data }));
      async function* bytes() {
        yield text;
      }
      return { status: 200, headers: { 'content-type': 'application/json' }, body: bytes() };
    };
    const person = { stdinIsTTY: true, stdout: { columns: 200 }, stderr: { columns: 80 } };
    const prompts = { confirm: async () => true };
    const { code } = await run('employees delete emp_1', { env, transport, prompts, ...person });
    expect(code).toBe(0);
    expect(paths).toEqual(['GET /employees/emp_1', 'GET /organization', 'DELETE /employees/emp_1']);
  });

  it('is that of another key’s organization for nobody', async () => {
    const home = temporaryFolder();
    await run(history, { env, home, transport: api(tbilisi).transport });
    const other = api(tbilisi);
    const otherKey = { ...env, WORKTIME_API_KEY: 'wt_live_another_9876543210' };
    await run(history, { env: otherKey, home, transport: other.transport });
    expect(other.paths).toContain('/organization');
  });

  it('is not asked for where no time is shown in a zone, nor for a zone that is given', async () => {
    for (const rest of ['--json', '--format csv', '--quiet', '--fields id', '--timezone Europe/Berlin']) {
      const { transport, paths } = api(tbilisi);
      const { code } = await run(`${history} ${rest}`, { env, transport });
      expect(code, rest).toBe(0);
      expect(paths, rest).toEqual(['/locks/lock_789/history']);
    }
  });

  it('is UTC, and that is said, where the organization cannot be asked or names no zone of this world', async () => {
    const forbidden = {
      status: 403,
      body: { success: false, error: { code: 'forbidden', message: 'needs the scope read' } },
    };
    const mars = { status: 200, body: { success: true, data: { id: 'org_1', timezone: 'Mars/Base' } } };
    for (const organization of [forbidden, mars]) {
      const { stdout, stderr, code } = await run(history, { env, transport: api(organization).transport });
      expect(code).toBe(0);
      expect(stdout).toContain('2024-11-18 04:56:34');
      expect(stderr).toMatch(/times are in UTC: the organization's zone is not known \(.+\)/);
    }
  });

  it('is the sandbox’s own, also after it was made anew in another', async () => {
    const home = temporaryFolder();
    const inUtc = await run(`${history} --last 1`, { home });
    await run('sandbox reset --timezone Asia/Tbilisi', { home });
    const there = await run(`${history} --last 1 --json`, { home });
    const [{ timestamp }] = JSON.parse(there.stdout) as [{ timestamp: string }];
    const local = new Date(Date.parse(timestamp) + 4 * 3_600_000).toISOString().slice(0, 19);
    const table = await run(`${history} --last 1`, { home });
    expect(table.stdout).toContain(local.replace('T', ' '));
    expect(inUtc.code).toBe(0);
  });
});

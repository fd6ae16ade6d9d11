/** Prompts and tails that are put aside with Ctrl-Z and taken up again, as a real shell does it; and windows that change. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanEnvironment, startBinary } from '../support/binary.ts';
import { temporaryFolder } from '../support/context.ts';
import {
  CTRL_C,
  CTRL_D,
  CTRL_Z,
  DOWN,
  ENTER,
  inShell,
  lineOf,
  noJobControl,
  READY,
  type Step,
} from '../support/terminal.ts';

function where(missing: string | undefined, promise: string, test: () => Promise<void>): void {
  it(promise, { timeout: 60_000 }, async ({ skip }) => {
    if (missing !== undefined) skip(missing);
    await test();
  });
}

const STOPPED = /Stopped[\s\S]*@ $/;
/** Puts aside what has just been typed into, and takes it up again. */
const asideAndBack = (seen: RegExp): readonly Step[] => [
  [seen, CTRL_Z],
  [STOPPED, 'fg\r'],
];

function machine() {
  const home = temporaryFolder();
  const env = cleanEnvironment(home);
  return { home, env, config: join(home, 'config', 'config.json') };
}

let server: ReturnType<typeof startBinary>;
let url = '';
beforeAll(async () => {
  server = startBinary(['sandbox', 'serve', '--port', '0', '--memory', '--json'], { stdin: 'ignore' });
  const ready = await new Promise<string>((resolve) =>
    server.stdout?.once('data', (line: Buffer) => resolve(`${line}`)),
  );
  url = JSON.parse(ready).url;
});
afterAll(async () => {
  server.kill('SIGTERM');
  await server;
});

/** A terminal that draws: tmux, of 80 columns and 24 lines. */
const noScreen =
  (await execa('tmux', ['-V'], { reject: false })).exitCode === 0 ? undefined : 'tmux is not installed here';

/** Runs the binary on a screen of its own. */
async function onScreen(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  visit: (screen: Screen) => Promise<void>,
): Promise<void> {
  const socket = join(temporaryFolder(), 'tmux');
  const tmux = async (...words: readonly string[]) =>
    (
      await execa('tmux', ['-S', socket, '-f', '/dev/null', ...words], {
        extendEnv: false,
        env: { ...env, LC_ALL: 'C.UTF-8' },
      })
    ).stdout;
  await tmux('new-session', '-d', '-x', '80', '-y', '24', lineOf(args));
  try {
    await visit({
      type: (text) => tmux('send-keys', '-l', '--', text),
      resize: (columns, rows = 24) => tmux('resize-window', '-x', `${columns}`, '-y', `${rows}`),
      shows: (lines) =>
        expect
          .poll(async () => (await tmux('capture-pane', '-p')).trimEnd(), { timeout: 20_000, interval: 20 })
          .toBe(lines.join('\n')),
    });
  } finally {
    await tmux('kill-server').catch(() => undefined);
  }
}

interface Screen {
  readonly type: (text: string) => Promise<unknown>;
  readonly resize: (columns: number, rows?: number) => Promise<unknown>;
  /** Waits until these are its lines; empty ones at the end are left out. */
  readonly shows: (lines: readonly string[]) => Promise<unknown>;
}

describe('a window that changes', () => {
  where(noScreen, 'shows the question once, however its lines break', async () => {
    const { env } = machine();
    await onScreen(['--sandbox', 'employees', 'create'], env, async ({ type, resize, shows }) => {
      await shows(['? Full name']);
      await type('Jane with a name of more than forty characters');
      await shows(['? Full name Jane with a name of more than forty characters']);
      await resize(40);
      await shows(['? Full name Jane with a name of more', 'than forty characters']);
      await resize(30);
      await shows(['? Full name Jane with a name', 'of more than forty characters']);
      await resize(80);
      await shows(['? Full name Jane with a name of more than forty characters']);
      await type(ENTER);
      const name = '✔ Full name Jane with a name of more than forty characters';
      await shows([name, '? E-mail']);
      await type(`jane${ENTER}`);
      await shows([name, '? E-mail jane', '> write it as jane@example.com']);
      await resize(60);
      await type('@example.com');
      await shows([name, '? E-mail jane@example.com']);
      await type(ENTER);
      const email = '✔ E-mail jane@example.com';
      const [first, ...others] = [
        'none',
        'Engineering (dept_eng, eng)',
        'Finance (dept_fin, fin)',
        'Human Resources (dept_hr, hr)',
        'Marketing (dept_mkt, mkt)',
        'Operations (dept_ops, ops)',
        'another ID …',
      ];
      const keys = '↑↓ to move • type to narrow down • ⏎ to take';
      const list = ['? Department', `❯ ${first}`, ...others.map((each) => `  ${each}`), '', keys];
      await shows([name, email, ...list]);
      await resize(80, 9);
      const more = '↑↓ to move (there are more) • type to narrow down • ⏎ to take';
      await shows([name, email, ...list.slice(0, 5), '', more]);
      await resize(80, 24);
      await shows([name, email, ...list]);
      await type(`fin${ENTER}`);
      await shows([name, email, '✔ Department Finance (dept_fin, fin)', '? Position (empty: none)']);
    });
  });
});

describe('Ctrl-Z and fg', () => {
  where(noJobControl, 'keep what was typed at the hidden key and at a line, and show no key', async () => {
    const { env, config } = machine();
    const { screen } = await inShell(env, [
      [READY, `${lineOf(['login'])}\r`],
      [/\? Base URL/, url.slice(0, 10)],
      ...asideAndBack(new RegExp(url.slice(0, 10))),
      [new RegExp(`\\? Base URL ${url.slice(0, 10)}`), url.slice(10) + ENTER],
      [/\? API key.*\[hidden\]/, 'wt_sandbox'],
      ...asideAndBack(/\[hidden: 10 characters\]/),
      [/\? API key.*\[hidden: 10 characters\]/, '_full'],
      ...asideAndBack(/\[hidden: 15 characters\]/),
      [/\? API key.*\[hidden: 15 characters\]/, ENTER],
      ...asideAndBack(/\? Profile name/),
      [/\? Profile name.*\(default\)/, ENTER],
      [/Logged in to Acme Corporation[\s\S]*@ $/, 'echo\r'],
    ]);
    expect(screen).not.toContain('wt_sandbox_full');
    expect(JSON.parse(readFileSync(config, 'utf8')).profiles.default).toMatchObject({
      key: 'wt_sandbox_full',
      base_url: url,
    });
  });

  where(noJobControl, 'keep the mark in a list and what it was narrowed down to', async () => {
    const { env } = machine();
    const { code, screen } = await inShell(env, [
      [READY, `${lineOf(['--sandbox', 'attendance', 'clock', '--dry-run', '--json'])}\r`],
      [/❯ in/, DOWN],
      ...asideAndBack(/❯ out/),
      [/\? Clock[\s\S]*❯ out/, ENTER],
      [/\? Employee[\s\S]*❯ John Doe/, "o'brien"],
      [/❯ Emma O'Brien/, DOWN],
      ...asideAndBack(/❯ Robert O'Brien/),
      [/\? Employee[^\n]*o'brien[\s\S]*❯ Robert O'Brien \(emp_123460\)/, ENTER],
      [/\? When/, ENTER],
      [/\? Lock[\s\S]*❯ no lock/, ENTER],
    ]);
    expect(screen).toMatch(/"type": "clock_out"/);
    expect(screen).toMatch(/"employee_id": "emp_123460"/);
    expect(code).toBe(0);
  });

  where(noJobControl, 'keep an answer to a confirmation, and Ctrl-C and Ctrl-D still leave it', async () => {
    const { env } = machine();
    const line = `${lineOf(['--sandbox', 'employees', 'delete', 'emp_123456'])}\r`;
    const question = /\? Delete John Doe \(emp_123456\) of Acme Corporation\?/;
    for (const [left, code] of [
      [CTRL_C, 130],
      [CTRL_D, 130],
      [`${ENTER}`, 2],
    ] as const) {
      const visit = await inShell(env, [[READY, line], ...asideAndBack(question), [question, left]]);
      expect(visit.code, visit.screen).toBe(code);
      expect(visit.screen).toMatch(/worktime: (interrupted|cancelled); nothing was changed\r\n/);
    }
    const { code } = await inShell(env, [
      [READY, line],
      [question, 'y'],
      ...asideAndBack(/\(y\/N\) y/),
      [/\? Delete John Doe.*\(y\/N\) y/, ENTER],
    ]);
    expect(code).toBe(0);
  });

  where(noJobControl, 'go on from the background too, where it waits until it is brought back', async () => {
    const { home, env } = machine();
    const { code } = await inShell(env, [
      [READY, `${lineOf(['sandbox', 'serve'])}\r`],
      [/\? Data[\s\S]*❯ the sandbox/, CTRL_Z],
      [STOPPED, 'bg\r'],
      // A job of which the shell has not heard that it stopped again would only be moved to the front.
      [/& *\r\n[\s\S]*@ $/, 'until [ "$(jobs -s)" ]; do sleep .02; done\r'],
      [/done\r\n[\s\S]*@ $/, 'fg\r'],
      [/\? Data[\s\S]*❯ the sandbox/, CTRL_C],
      [/worktime: interrupted; nothing was started\r\n/, ''],
    ]);
    expect(code).toBe(130);
    expect(existsSync(join(home, 'state', 'sandbox'))).toBe(false);
  });

  where(noJobControl, 'let a tail go on where it was, with its state in sight', async () => {
    const { env } = machine();
    const tail = ['locks', 'history', 'lock_789', '--follow', '--interval', '1s', '-n', '1'];
    const { code, screen } = await inShell(
      { ...env, WORKTIME_API_KEY: 'wt_sandbox_full', WORKTIME_BASE_URL: url },
      [
        [READY, `${lineOf(tail)}\r`],
        ...asideAndBack(/polling every 1 s/),
        [/polling every 1 s/, CTRL_Z],
        [
          STOPPED,
          async () => {
            const body = JSON.stringify({ events: 100 });
            await fetch(new URL('/__sandbox/simulate', url), { method: 'POST', body });
            return 'fg\r';
          },
        ],
        [/[1-9]\d events; polling every 1 s/, CTRL_C],
      ],
    );
    expect(screen).toMatch(/followed for [^\n]*, 0 gaps/);
    expect(code).toBe(0);
  });
});

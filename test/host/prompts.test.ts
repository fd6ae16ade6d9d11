import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundleWorker } from '../files/workers/bundle.ts';
import { temporaryFolder } from '../support/context.ts';

/** `script` gives a process a terminal of its own. */
const hasTerminal = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;

let worker = '';
beforeAll(async () => {
  worker = await bundleWorker(new URL('workers/ask-worker.ts', import.meta.url).pathname, temporaryFolder());
});

const quote = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

/** Asks at a terminal and types once the question is there. */
async function ask(kind: string, typed: string) {
  const folder = temporaryFolder();
  const report = join(folder, 'report');
  const stdout = join(folder, 'stdout');
  const line = [process.execPath, worker, kind, report].map(quote).join(' ');
  const terminal = spawn('script', ['-qfec', `${line} > ${quote(stdout)}`, '/dev/null'], {
    env: { PATH: process.env['PATH'], TERM: 'xterm', NO_COLOR: '1' },
  });
  let shown = '';
  let answered = false;
  terminal.stdout.on('data', (chunk: Buffer) => {
    shown += chunk;
    if (!answered && shown.includes('Question')) {
      answered = true;
      terminal.stdin.write(typed);
    }
  });
  await new Promise((resolve) => terminal.once('close', resolve));
  return { ...JSON.parse(readFileSync(report, 'utf8')), shown, stdout: readFileSync(stdout, 'utf8') };
}

describe.runIf(hasTerminal)('prompts at a real terminal', () => {
  test.each([
    ['input', 'hello\r', 'hello'],
    ['input', '\r', 'preset'],
    ['password', 'wt_secret\r', 'wt_secret'],
    ['confirm', 'y\r', true],
    ['confirm', '\r', false],
    ['select', '\u001b[B\r', 2],
  ])('%s takes what is typed, draws on stderr and shows no secret', async (kind, typed, answer) => {
    const result = await ask(kind, typed);
    expect(result.answer).toBe(answer);
    expect(result.stdout).toBe('');
    expect(result.shown).not.toContain('wt_secret');
    expect(result.raw).toBe(false);
  });

  test('names from elsewhere are shown, not obeyed', async () => {
    const { shown, answer } = await ask('hostile', '\r');
    expect(answer).toBe(1);
    expect(shown).toContain('First\\x1b[2J');
    expect(shown).not.toMatch(/\u001b\]0;owned|First\u001b\[2J|\u202e/);
  });

  test.each(['input', 'password', 'confirm', 'select', 'search'])(
    'Ctrl-C and Ctrl-D at %s end with 130, the terminal as it was',
    async (kind) => {
      for (const key of ['\u0003', '\u0004']) {
        const result = await ask(kind, key);
        expect(result).toMatchObject({ thrown: 'interrupted', exit: 130, raw: false, stdout: '' });
      }
    },
  );
});

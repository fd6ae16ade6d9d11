import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bundleWorker } from '../files/workers/bundle.ts';
import { temporaryFolder } from '../support/context.ts';
import { CTRL_C, CTRL_D, CTRL_Z, DOWN, ENTER, noTerminal, play, type Step } from '../support/terminal.ts';

let worker = '';
beforeAll(async () => {
  worker = await bundleWorker(new URL('workers/ask-worker.ts', import.meta.url).pathname, temporaryFolder());
});

const LEFT = '\u001b[D';

/** Asks at a terminal and plays the steps; a text alone is typed once the question is there. */
async function ask(kind: string, steps: string | readonly Step[]) {
  const folder = temporaryFolder();
  const report = join(folder, 'report');
  const stdout = join(folder, 'stdout');
  const line = [process.execPath, worker, kind, report, '>', stdout].join(' ');
  const typed: readonly Step[] = typeof steps === 'string' ? [[/Question/, steps]] : steps;
  const { screen } = await play(line, { PATH: process.env['PATH'] ?? '' }, typed);
  return { ...JSON.parse(readFileSync(report, 'utf8')), shown: screen, stdout: readFileSync(stdout, 'utf8') };
}

describe('prompts at a real terminal', () => {
  beforeEach(({ skip }) => skip(noTerminal !== undefined, noTerminal));

  test.each([
    ['input', 'hello\r', 'hello'],
    ['input', '\r', 'preset'],
    ['password', 'wt_secret\r', 'wt_secret'],
    ['confirm', 'y\r', true],
    ['confirm', '\r', false],
    ['select', DOWN + ENTER, 2],
    ['select', `sec${ENTER}`, 2],
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
      for (const key of [CTRL_C, CTRL_D]) {
        const result = await ask(kind, key);
        expect(result).toMatchObject({ thrown: 'interrupted', exit: 130, raw: false, stdout: '' });
      }
    },
  );

  test.each([
    ['input', 'he'],
    ['password', 'he'],
    ['confirm', 'he'],
    ['select', 'sec'],
    ['search', 'be'],
  ])('Ctrl-Z at %s goes on where there is no shell to come back from', async (kind, typed) => {
    const { shown, ...result } = await ask(kind, [
      [/Question/, typed + CTRL_Z],
      // The cursor is given back to the shell, and then the question is drawn again.
      [/\u001b\[\?25h[\s\S]*Question/, ENTER],
    ]);
    const answers = { input: 'he', password: 'he', confirm: false, select: 2, search: 'bert' };
    expect(result).toMatchObject({ answer: answers[kind as keyof typeof answers], raw: false });
  });

  test('Enter takes no choice that was found for something else than what stands there', async () => {
    const { answer } = await ask('search', [
      [/❯ anna/, 'b\r'],
      [/❯ bert/, ENTER],
    ]);
    expect(answer).toBe('bert');
  });

  test('a key that is none is forgotten, and of several lines none is taken', async () => {
    const { answer, shown } = await ask('password', [
      [/\[hidden\]/, 'wt_no key\r'],
      [/\[hidden\][\s\S]*not a key/, 'wt_one\rwt_two\rwt_three\r'],
      [/\[hidden\][\s\S]*several lines/, '\r\nwt_right\r\n'],
    ]);
    expect(answer).toBe('wt_right');
    expect(shown).toContain('[hidden: 8 characters]');
    expect(shown).not.toMatch(/wt_|right/);
  });

  test('what is pasted comes where the cursor is, without the blanks around it', async () => {
    const { answer } = await ask('input', [
      [/Question/, ' hello '],
      [/ hello/, LEFT.repeat(4)],
      [/\u001b\[\d+G$/, 'XY'],
      [/heXYllo/, ENTER],
    ]);
    expect(answer).toBe('heXYllo');
  });

  test('what is said beside a question stands above it, and why nothing was found is shown', async () => {
    const { answer, shown } = await ask('told', [
      [/❯ anna/, 'x'],
      [/a note\r\n[^\n]*Question x[\s\S]*❯ anna/, 'x'],
      [/> not \\x1b\]0;owned\\x07 today/, '\u0015'],
      [/❯ anna/, ENTER],
    ]);
    expect(answer).toBe('anna');
    expect(shown).not.toContain('\u001b]0;');
  });
});

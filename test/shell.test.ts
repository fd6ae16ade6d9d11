import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { UsageError } from '../src/errors.ts';
import { quoted, splitWords } from '../src/shell.ts';
import { run } from './support/run.ts';

test('a command line becomes words without a shell', () => {
  expect(splitWords('pass show worktime')).toEqual(['pass', 'show', 'worktime']);
  expect(splitWords(`  op read "op://My Vault/key" 'a "b"' c\\ d  `)).toEqual([
    'op',
    'read',
    'op://My Vault/key',
    'a "b"',
    'c d',
  ]);
  expect(splitWords('C:\\tools\\op.exe read ""')).toEqual(['C:\\tools\\op.exe', 'read', '']);
  expect(splitWords('echo $ 5$')).toEqual(['echo', '$', '5$']);
  for (const line of [
    '',
    '   ',
    '""',
    'cat x | head',
    'a; b',
    'a && b',
    'echo $KEY',
    'echo $(x)',
    'a `b`',
    'a > b',
    'a "b',
  ]) {
    expect(() => splitWords(line), line).toThrow(UsageError);
  }
});

test('any words survive being quoted and split', () => {
  const word = fc.string({ minLength: 1 }).filter((text) => !text.includes("'"));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), (words) => {
      expect(splitWords(words.map((text) => `'${text}'`).join(' '))).toEqual(words);
    }),
  );
});

test('what is quoted for a shell is split back into the same words', () => {
  const word = fc.string({ minLength: 1 }).filter((text) => !/[\\\0]/.test(text));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), (words) => {
      expect(splitWords(words.map((text) => quoted(text, false)).join(' '))).toEqual(words);
    }),
  );
});

describe('the words of --exec', () => {
  it.each([
    ['notify-send Door', ['notify-send', 'Door']],
    [`  jq  '.id + " x"' `, ['jq', '.id + " x"']],
    ['a "b c" d\\ e', ['a', 'b c', 'd e']],
    [`a '' ""`, ['a', '', '']],
    ['a "x\\"y" "c:\\dir"', ['a', 'x"y', 'c:\\dir']],
    ["sh -c 'cat | jq .id > $HOME/x'", ['sh', '-c', 'cat | jq .id > $HOME/x']],
    ['rm *', ['rm', '*']],
  ])('%s', (text, words) => {
    expect(splitWords(text, '--exec')).toEqual(words);
  });

  it.each(['', '   ', '"" x', `a 'b`, 'a "b'])('refuses %j', (text) => {
    expect(() => splitWords(text, '--exec')).toThrow(/--exec/);
  });

  it.each(['cat | jq', 'cat > x', 'cat >x', 'cat 2>&1', 'true && cat', 'a; b', 'echo $HOME', 'a `b`'])(
    '%s is for a shell: refused with 2 by every command that has --exec, with the way to have one',
    async (line) => {
      for (const command of [
        ['locks', 'history', 'lock_789', '--follow'],
        ['attendance', 'list', '--follow'],
        ['webhooks', 'listen', '--port', '0'],
      ]) {
        const { code, stdout, stderr } = await run([...command, '--exec', line]);
        expect([code, stdout]).toEqual([2, '']);
        expect(stderr).toContain(`no shell is used; write --exec 'sh -c "…"'`);
      }
    },
  );
});

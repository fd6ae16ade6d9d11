import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJsonFile } from '../../src/config/json.ts';
import { readConfig } from '../../src/config/read.ts';
import { LocalError } from '../../src/errors.ts';
import { tempDirectories } from '../files/temp.ts';

const temp = tempDirectories();
const CANARY = 'wt_canary_0123456789';

function stored(content: string | Uint8Array): string {
  const directory = join(temp(), 'config');
  mkdirSync(directory, { mode: 0o700 });
  writeFileSync(join(directory, 'config.json'), content, { mode: 0o600 });
  return directory;
}

function read(directory: string) {
  const warnings: string[] = [];
  const config = readConfig(directory, (text) => warnings.push(text));
  return { config, warnings };
}

function faultOf(work: () => unknown): LocalError {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(LocalError);
    return error as LocalError;
  }
  throw new Error('it was accepted');
}

test('no file, and no directory that could be one, is an empty configuration', () => {
  const directory = temp();
  expect(read(join(directory, 'none')).config).toEqual({});
  expect(read('/dev/null/worktime').config).toEqual({});
});

test('a byte order mark is tolerated, and what a newer version added is kept', () => {
  const { config } = read(stored('\ufeff{"profile":"a","future":{"x":1}}'));
  expect(config).toEqual({ profile: 'a', future: { x: 1 } });
});

test('a corrupt file is named with line and column, and never quoted', () => {
  for (const [content, place] of [
    [`{\n  "key": "${CANARY}",\n  oops\n}`, 'line 3, column 3'],
    [`{"profiles":{"a":{"key":"${CANARY}"}`, 'line 1, column'],
    [`{"a": "${CANARY}`, 'line 1, column 7'],
    [`{"a": 1}${CANARY}`, 'line 1, column 9'],
    ['', 'is empty'],
  ] as const) {
    const directory = stored(content);
    const fault = faultOf(() => read(directory));
    expect(fault.message).toContain(join(directory, 'config.json'));
    expect(fault.message).toContain(place);
    expect(fault.next).toBeTruthy();
    expect(JSON.stringify([fault.message, fault.next, String(fault.cause), fault.stack])).not.toContain(
      CANARY,
    );
  }
});

test('an entry of the wrong kind is named by its path, and never quoted', () => {
  for (const [content, at] of [
    ['[]', 'the file'],
    ['{"profiles":[]}', 'profiles'],
    ['{"profiles":{"a b":{}}}', 'profiles'],
    ['{"profiles":{"__proto__":{}}}', 'profiles'],
    ['{"profiles":{"a":1}}', 'profiles.a'],
    [`{"profiles":{"a":{"key":["${CANARY}"]}}}`, 'profiles.a.key'],
    ['{"profiles":{"a":{"key_command":[]}}}', 'profiles.a.key_command'],
    [`{"profiles":{"a":{"key":"${CANARY}","key_command":"pass x"}}}`, 'profiles.a'],
    ['{"profiles":{"a":{"organization":{"timezone":5}}}}', 'profiles.a.organization.timezone'],
    ['{"defaults":{"format":"xml"}}', 'defaults.format'],
    ['{"aliases":{"lock":{"front":7}}}', 'aliases.lock.front'],
    ['{"profile":""}', 'profile'],
  ] as const) {
    const directory = stored(content);
    const fault = faultOf(() => read(directory));
    expect(fault.message, content).toContain(`config.json: ${at} `);
    expect(fault.message).not.toContain(CANARY);
  }
});

test('whatever the bytes are, the reader answers or names the file', () => {
  const directory = stored('{}');
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json(),
        fc.string(),
        fc.json().map((text) => text.slice(0, -1)),
      ),
      (text) => {
        writeFileSync(join(directory, 'config.json'), text);
        try {
          readConfig(directory, () => undefined);
        } catch (error) {
          expect(error).toBeInstanceOf(LocalError);
        }
      },
    ),
  );
});

test('the place of a fault is where no valid text could go on', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (text, cut) => {
      const broken = `${text.slice(0, cut % (text.length + 1))}\u0001`;
      const fault = faultOf(() => parseJsonFile(broken, 'f', 'n'));
      const column = Number(/column (\d+)/.exec(fault.message)?.[1]);
      expect(column).toBeLessThanOrEqual(broken.length);
    }),
  );
  expect(faultOf(() => parseJsonFile(`${'['.repeat(100_000)}`, 'f', 'n')).message).toContain(
    'not valid JSON',
  );
});

test.runIf(process.platform !== 'win32')(
  'permissions that are too wide are mended, with a warning each',
  () => {
    const directory = stored('{}');
    const file = join(directory, 'config.json');
    chmodSync(file, 0o644);
    chmodSync(directory, 0o755);
    const { warnings } = read(directory);
    expect(warnings).toHaveLength(2);
    expect(warnings.join()).toContain('0644');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(read(directory).warnings).toEqual([]);
  },
);

test.runIf(process.platform !== 'win32')('a shared, sticky directory is left open', () => {
  const directory = stored('{}');
  chmodSync(directory, 0o1777);
  expect(read(directory).warnings).toEqual([]);
  expect(statSync(directory).mode & 0o7777).toBe(0o1777);
});

test.runIf(process.platform !== 'win32')(
  'a folder, a FIFO or something huge in its place is an error, not a hang',
  () => {
    const folder = join(temp(), 'a');
    mkdirSync(join(folder, 'config.json'), { recursive: true });
    faultOf(() => read(folder));
    const pipe = temp();
    execFileSync('mkfifo', [join(pipe, 'config.json')]);
    faultOf(() => read(pipe));
    expect(faultOf(() => read(stored(Buffer.alloc(2_000_000, ' ')))).message).toContain('larger');
  },
);

test('a symbolic link to the file is read', () => {
  const directory = stored('{"profile":"a"}');
  const other = temp();
  symlinkSync(join(directory, 'config.json'), join(other, 'config.json'));
  expect(read(other).config.profile).toBe('a');
  expect(readFileSync(join(directory, 'config.json'), 'utf8')).toContain('a');
});

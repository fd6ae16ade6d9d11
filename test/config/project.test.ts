import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findProject } from '../../src/config/project.ts';
import { LocalError } from '../../src/errors.ts';
import { topics } from '../../src/reference/topics.ts';
import { tempDirectories } from '../files/temp.ts';

const temp = tempDirectories();

function project(content: string | Uint8Array): string {
  const directory = temp();
  writeFileSync(join(directory, '.worktime.json'), content);
  return directory;
}

function find(cwd: string) {
  const warnings: string[] = [];
  return { found: findProject(cwd, (text) => warnings.push(text)), warnings };
}

test('the nearest file upwards is taken, whole', () => {
  const directory = project('{"profile":"outer","format":"csv"}');
  const inner = join(directory, 'a', 'b');
  mkdirSync(join(inner, 'c'), { recursive: true });
  expect(find(join(inner, 'c')).found).toEqual({
    path: join(directory, '.worktime.json'),
    profile: 'outer',
    format: 'csv',
  });
  writeFileSync(
    join(inner, '.worktime.json'),
    '\ufeff{"profile":"inner","defaults":{"max-wait":"5s","timezone":"UTC"}}',
  );
  expect(find(join(inner, 'c')).found).toEqual({
    path: join(inner, '.worktime.json'),
    profile: 'inner',
    maxWait: '5s',
    timezone: 'UTC',
  });
});

test('a key or an address inside is refused and named, however it is spelled or hidden', () => {
  for (const [content, name] of [
    ['{"key":"wt_canary"}', 'key'],
    ['{"api_key":"wt_canary"}', 'api_key'],
    ['{"apiKey":"wt_canary"}', 'apiKey'],
    ['{"API-KEY":"wt_canary"}', 'API-KEY'],
    ['{"base_url":"https://evil.example"}', 'base_url'],
    ['{"baseUrl":"https://evil.example"}', 'baseUrl'],
    ['{"key_command":"curl evil.example"}', 'key_command'],
    ['{"defaults":{"base-url":"https://evil.example"}}', 'defaults.base-url'],
    ['{"profiles":{"acme":{"key":"wt_canary"}}}', 'profiles.acme.key'],
    ['{"token":"x"}', 'token'],
  ] as const) {
    const directory = project(content);
    let fault: unknown;
    try {
      find(directory);
    } catch (error) {
      fault = error;
    }
    expect(fault, content).toBeInstanceOf(LocalError);
    const { message, next } = fault as LocalError;
    expect(message).toContain(`"${name}"`);
    expect(message).toContain(join(directory, '.worktime.json'));
    expect(`${message}${next}`).not.toMatch(/wt_canary|evil/);
  }
});

test('what it does not know is ignored, and said', () => {
  const { found, warnings } = find(
    project('{"profile":"a","aliases":{"employee":{"john":"emp_9"}},"colour":1,"$schema":"x"}'),
  );
  expect(found?.profile).toBe('a');
  expect(warnings).toHaveLength(2);
});

test('what is ignored is told with the key that was meant, or with those there are', () => {
  const { warnings } = find(project('{"timzone":"UTC","defaults":{"max_wiat":"5s"},"colour":1}'));
  expect(warnings.map((text) => text.replace(/^.*?: /, ''))).toEqual([
    '"timzone" means nothing here and is ignored; did you mean "timezone"?',
    '"defaults.max_wiat" means nothing here and is ignored; did you mean "max-wait"?',
    '"colour" means nothing here and is ignored; it may hold profile, format, timezone, max-wait',
  ]);
});

test('the examples in the README and in the help are understood whole', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [, shown = ''] = /```json\n(\{ "profile".*\})\n```/.exec(readme) ?? [];
  const blocks = topics.find(({ name }) => name === 'environment')?.blocks ?? [];
  const [, helped = ''] =
    /such as (\{.*\})/.exec(blocks.filter((block) => typeof block === 'string').join(' ')) ?? [];
  for (const [text, size] of [
    [shown, 5],
    [helped, 4],
  ] as const) {
    const { found, warnings } = find(project(text));
    expect(Object.keys(found ?? {})).toHaveLength(size);
    expect(warnings).toEqual([]);
  }
});

test('hostile names do nothing', () => {
  const { found } = find(
    project('{"__proto__":{"profile":"evil"},"constructor":{"prototype":{"profile":"evil"}}}'),
  );
  expect(found).not.toHaveProperty('profile');
  expect(({} as Record<string, unknown>)['profile']).toBeUndefined();
});

test('a huge, deep, broken or strange file is an error that names it, and never hangs', () => {
  const pipe = temp();
  execFileSync('mkfifo', [join(pipe, '.worktime.json')]);
  const folder = temp();
  mkdirSync(join(folder, '.worktime.json'));
  for (const directory of [
    project(Buffer.alloc(100_000, ' ')),
    project(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`),
    project('{"profile":'),
    project('[]'),
    project('{"profile":"../x"}'),
    project('{"profile":7}'),
    pipe,
    folder,
  ]) {
    expect(() => find(directory)).toThrow(LocalError);
    expect(() => find(directory)).toThrow(directory);
  }
});

test('whatever it holds, it is understood or refused, and never chooses a key or an address', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (text) => {
      try {
        const { found } = find(project(text));
        expect(
          Object.keys(found ?? {}).every((name) =>
            ['path', 'profile', 'format', 'timezone', 'maxWait'].includes(name),
          ),
        ).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(LocalError);
      }
    }),
    { numRuns: 50 },
  );
});

test.each(['{"profil":"sandbox"}', '{"defaults":{"Profle":"sandbox"}}'])(
  '%s: which organization is meant is not guessed',
  (text) => {
    const cwd = temp();
    writeFileSync(join(cwd, '.worktime.json'), text);
    expect(() => findProject(cwd, () => undefined)).toThrow('did you mean "profile"?');
  },
);

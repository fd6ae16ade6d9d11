/** Whatever is typed or read: no crash, no hang, an exit of the table. Seeds are printed with a failure, and set by FAULTS_SEED. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nouns } from '../../src/commands/index.ts';
import { EXIT_MEANINGS } from '../../src/errors.ts';
import { globalOptions } from '../../src/reference/globals.ts';
import { parseDuration } from '../../src/time/duration.ts';
import { parseDate, parseTime } from '../../src/time/words.ts';
import { START } from '../support/context.ts';
import { run } from '../support/run.ts';
import { HOSTILE, RAW } from '../views/hostile.ts';

const LONG = process.env['WORKTIME_LONG'] === '1';
const seed = Number(process.env['FAULTS_SEED'] ?? 20_241_118);
const codes: readonly number[] = EXIT_MEANINGS.map(([code]) => code).filter((code) => code !== 1);

const commands = (await Promise.all(nouns.map(({ load }) => load()))).flat();
/** What listens, follows or starts programs ends only when it is told to. */
const ENDLESS = new Set(['webhooks listen', 'sandbox serve']);
const paths = commands.map(({ path }) => path).filter((path) => !ENDLESS.has(path.join(' ')));
const flags = [...globalOptions, ...commands.flatMap(({ options = [] }) => options)]
  .map(({ name }: { name: string }) => name)
  .filter((name) => !/^(follow|exec|output|tunnel|record|key-command|key-stdin|base-url)$/.test(name));

const odd = fc.oneof(
  fc.constantFrom(
    '',
    '-',
    '--',
    '../x',
    '0',
    '-1',
    '1e9',
    '2024-02-30',
    'today',
    '__proto__',
    'constructor',
    '{}',
    '[0]',
    '*',
  ),
  fc.constantFrom(...HOSTILE),
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.replaceAll('\0', '')),
);
const flag = fc.oneof(
  fc.constantFrom(...flags).map((name) => [`--${name}`]),
  fc.tuple(fc.constantFrom(...flags), odd).map(([name, value]) => [`--${name}`, value]),
  fc.tuple(fc.constantFrom(...flags), odd).map(([name, value]) => [`--${name}=${value}`]),
  fc.string({ maxLength: 6 }).map((text) => [`--${text}`]),
  fc.constantFrom('-q', '-y', '-h', '-V', '-n', '-F').map((text) => [text]),
);
/** No file of this machine is read or written: words with a slash or a leading dot stay out. */
const argv = fc
  .tuple(
    fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...paths).map((path) => [...path]) },
      { weight: 1, arbitrary: fc.array(odd, { maxLength: 2 }) },
    ),
    fc.array(
      fc.oneof(
        flag,
        odd.map((word) => [word]),
      ),
      { maxLength: 5 },
    ),
  )
  .map(([path, rest]) => [...path, ...rest.flat(), '--no-input'])
  .filter((words) => !words.some((word) => /^-[a-z]*[of]/.test(word) || word === '--follow'));

describe('Whatever is typed, the exit is one of the table and nothing raw is shown', () => {
  it(`command lines (seed ${seed})`, { timeout: 900_000 }, async ({ task }) => {
    const numRuns = LONG ? 4000 : 60;
    Object.assign(task.meta, { cases: numRuns });
    await fc.assert(
      fc.asyncProperty(argv, async (words) => {
        const { code, stdout, stderr } = await run(words, { stdin: '' });
        expect(codes, `${JSON.stringify(words)}\n${stderr}`).toContain(code);
        expect(stderr).not.toMatch(RAW);
        if (!words.some((word) => /^--(output|format|chart)/.test(word)))
          // Lines of CSV end in CRLF.
          expect(stdout.replaceAll('\r\n', '\n')).not.toMatch(RAW);
      }),
      { seed, numRuns, timeout: 20_000 },
    );
  });

  it(`rows of an import (seed ${seed})`, { timeout: 900_000 }, async ({ task }) => {
    const numRuns = LONG ? 1500 : 25;
    Object.assign(task.meta, { cases: numRuns });
    const cell = fc.oneof(
      odd,
      fc.constantFrom('"', '""', '"a', 'a"b', '\r', '\n', ',', ';', '=1+1', 'é', '\ufeff'),
    );
    const csv = fc
      .tuple(
        fc.array(fc.array(cell, { maxLength: 7 }), { maxLength: 4 }),
        fc.constantFrom('\n', '\r\n', '\r'),
      )
      .map(([rows, end]) =>
        ['name,email,department_id,position,salary,start_date', ...rows.map((row) => row.join(','))].join(
          end,
        ),
      );
    const ndjson = fc
      .array(
        fc.oneof(
          fc.json(),
          fc
            .dictionary(fc.constantFrom('name', 'email', 'salary', '__proto__'), fc.jsonValue())
            .map((one) => JSON.stringify(one)),
          odd,
        ),
        { minLength: 1, maxLength: 4 },
      )
      .map((lines) => `{"name":"x"}\n${lines.join('\n')}`);
    const json = fc
      .array(fc.jsonValue(), { maxLength: 4 })
      .map((list) => `[{"name":"x"},${JSON.stringify(list).slice(1)}`);
    const bytes = fc.uint8Array({ maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(csv, ndjson, json, bytes),
        fc.constantFrom('employees', 'attendance'),
        async (stdin, noun) => {
          const { code, stderr } = await run([noun, 'import', '-', '--yes', '--dry-run'], { stdin });
          expect(codes, `${JSON.stringify(stdin)}\n${stderr}`).toContain(code);
          expect(stderr).not.toMatch(RAW);
        },
      ),
      { seed, numRuns, timeout: 20_000 },
    );
  });

  it(`words for dates, times and durations (seed ${seed})`, ({ task }) => {
    const numRuns = LONG ? 200_000 : 2000;
    Object.assign(task.meta, { cases: numRuns });
    const word = fc.oneof(
      fc.string({ maxLength: 14 }),
      fc.stringMatching(/^[-+]?\d{0,20}[a-zT:.-]{0,6}\d{0,4}Z?$/),
      fc.constantFrom(
        'today',
        'yesterday',
        'last-week',
        'this-month',
        'now',
        '-7d',
        '-99999999999d',
        '24:00',
        '2024-11-18T25:00:00Z',
      ),
    );
    const zone = fc.constantFrom(
      'UTC',
      'Asia/Kathmandu',
      'America/St_Johns',
      'Pacific/Apia',
      'Europe/Berlin',
    );
    fc.assert(
      fc.property(
        word,
        zone,
        fc.constantFrom('start', 'end') as fc.Arbitrary<'start' | 'end'>,
        (text, timeZone, edge) => {
          for (const parse of [
            () => expect(parseDate(text, { now: START, timeZone, edge })).toMatch(/^\d{4}-\d\d-\d\d$/),
            () => expect(parseTime(text, { now: START, timeZone })).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/),
            () => expect(parseDuration(text)).toBeGreaterThanOrEqual(0),
          ]) {
            try {
              parse();
            } catch (error) {
              expect(error, text).toMatchObject({ name: 'UsageError' });
            }
          }
        },
      ),
      { seed, numRuns },
    );
  });
});

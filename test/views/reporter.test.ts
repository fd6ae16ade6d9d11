import { describe, expect, it } from 'vitest';
import { AuthError, InterruptedError, RefusedError } from '../../src/errors.ts';
import { createReporter, printError } from '../../src/views/index.ts';
import { createMeter, limitedFor, roughly } from '../../src/views/progress.ts';
import { START, testContext } from '../support/context.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CLEAR = '\r\u001b[K';
/** The reset as this machine's clock reads, for the zone of whoever runs the tests. */
const local = (ms: number) => {
  const time = new Date(ms);
  return `${String(time.getHours()).padStart(2, '0')}:${String(time.getMinutes()).padStart(2, '0')}`;
};

describe('the reporter', () => {
  it('speaks on stderr in lines, plainly where there is no terminal', () => {
    const context = testContext();
    const report = createReporter(context, { debug: false });
    report.note('shown 1 of 2');
    report.warn('look');
    report.debug('hidden');
    report.status('waiting');
    report.progress({ done: 1, total: 2, unit: 'pages' });
    expect(context.stderr.text()).toBe('shown 1 of 2\nwarning: look\n');
    expect(context.stdout.text()).toBe('');
  });

  it('leaves notes out when quiet, never warnings; debug lines only when asked for', () => {
    const context = testContext();
    const report = createReporter(context, { debug: true, quiet: true });
    report.note('note');
    report.warn('warning');
    report.debug('GET /employees');
    expect(context.stderr.text()).toBe('warning: warning\ndebug: GET /employees\n');
  });

  it('takes a transient line away before any other, and puts it back', () => {
    const context = testContext({ stderr: { columns: 40 } });
    const report = createReporter(context, { debug: false });
    report.status('waiting 5 s');
    report.note('a note');
    report.status(undefined);
    expect(context.stderr.text()).toBe(`${CLEAR}waiting 5 s${CLEAR}a note\n${CLEAR}waiting 5 s${CLEAR}`);
  });

  it('begins a line of its own after the ^C of a terminal, and nowhere else', () => {
    const ended = (columns: number, reason: Error, status?: string) => {
      const context = testContext({ stderr: { columns } });
      const report = createReporter(context, { debug: false });
      report.status(status);
      context.interrupt(reason);
      report.note('ended');
      return context.stderr.text();
    };
    expect(ended(80, new InterruptedError('SIGINT'))).toBe('\nended\n');
    expect(ended(80, new InterruptedError('SIGTERM'))).toBe('ended\n');
    expect(ended(0, new InterruptedError('SIGINT'))).toBe('ended\n');
    // What is transient is cleared, and the ^C behind it.
    expect(ended(80, new InterruptedError('SIGINT'), 'waiting')).toBe(`${CLEAR}waiting${CLEAR}ended\n`);
  });

  it('breaks what it says when it is ready at words, on a terminal alone', () => {
    const text = 'Sandbox ready on http://127.0.0.1:4010/v1 (changes are in memory); Ctrl-C ends it';
    const at = (columns: number) => {
      const context = testContext({ stderr: { columns } });
      createReporter(context, { debug: false, quiet: true }).ready(text);
      return context.stderr.text();
    };
    expect(at(0)).toBe(`${text}\n`);
    expect(at(60)).toBe(`${text.replace(' memory', '\nmemory')}\n`);
  });

  it('breaks what it says at words on a terminal, never within backticks, and not in a pipe', () => {
    const text = 'no clock-out, so no hours are counted; run `worktime employees list --all` then';
    const at = (columns: number) => {
      const context = testContext({ stderr: { columns } });
      const report = createReporter(context, { debug: false });
      report.note(text);
      report.warn(text);
      return context.stderr.text();
    };
    expect(at(0)).toBe(`${text}\nwarning: ${text}\n`);
    expect(at(40)).toBe(
      [
        'no clock-out, so no hours are counted;',
        'run `worktime employees list --all` then',
        'warning: no clock-out, so no hours are',
        'counted; run',
        '`worktime employees list --all` then',
        '',
      ].join('\n'),
    );
    const context = testContext({ stderr: { columns: 30 } });
    createReporter(context, { debug: false }).note('  worktime employees create --name "Zoë O\'Neil"');
    expect(context.stderr.text().trimEnd()).not.toContain('\n');
    expect(at(20)).toContain('\n`worktime employees list --all`\nthen\n');
  });

  it('puts a transient line back below a message of several lines', () => {
    const context = testContext({ stderr: { columns: 20 } });
    const report = createReporter(context, { debug: false });
    report.status('waiting 5 s');
    report.note('a note of more than one line');
    expect(context.stderr.text()).toBe(
      `${CLEAR}waiting 5 s${CLEAR}a note of more than\none line\n${CLEAR}waiting 5 s`,
    );
  });

  it('never draws more than a line, and not more often than people see', () => {
    const context = testContext({ stderr: { columns: 30 } });
    const report = createReporter(context, { debug: false });
    for (let done = 1; done <= 50; done += 1) {
      context.advance(10);
      report.progress({ done, total: 100, unit: 'employees' });
    }
    const drawn = context.stderr.text().split(CLEAR).slice(1);
    expect(drawn.length).toBeLessThanOrEqual(6);
    for (const line of drawn) expect(line.length).toBeLessThan(30);
    report.progress(undefined);
    expect(context.stderr.text().endsWith(CLEAR)).toBe(true);
  });
});

describe('progress', () => {
  const metered = () => {
    const context = testContext();
    const meter = createMeter(context);
    meter.update({ done: 0, total: 1000, unit: 'pages' });
    return { context, meter };
  };

  it('says how far, how fast and how long still', () => {
    const { context, meter } = metered();
    context.advance(10_000);
    meter.update({ done: 250, total: 1000, unit: 'pages' });
    expect(meter.text(0)).toBe('█████░░░░░░░░░░░░░░░  25% page 250 of 1,000 · 25/s · 30 s left');
    expect(meter.text(45)).toBe('page 250 of 1,000 · 25/s · 30 s left');
    meter.update({ done: 300, unit: 'pages' });
    expect(meter.text(0)).toBe('page 300 · 30/s');
  });

  it('says that it waits for the rate limit, how long, and until when', () => {
    const { context, meter } = metered();
    const waitUntil = context.now() + 13.5 * MINUTE;
    meter.update({ done: 312, total: 1000, unit: 'pages', waitUntil });
    expect(meter.text(0)).toBe(`page 312 of 1,000, waits 14 min for the reset at ${local(waitUntil)}`);
    context.advance(13 * MINUTE);
    expect(meter.text(0)).toBe(`page 312 of 1,000, waits 30 s for the reset at ${local(waitUntil)}`);
  });

  it('does not count a wait as slowness', () => {
    const { context, meter } = metered();
    context.advance(10_000);
    meter.update({ done: 100, total: 1000, unit: 'pages', waitUntil: context.now() + HOUR });
    context.advance(HOUR);
    meter.update({ done: 100, total: 1000, unit: 'pages' });
    context.advance(10_000);
    meter.update({ done: 200, total: 1000, unit: 'pages' });
    expect(meter.text(0)).toContain('10/s · 80 s left');
  });

  it('knows what the rate limit adds to the time that is left', () => {
    const { context, meter } = metered();
    context.advance(10_000);
    const rate = { limit: 100, remaining: 90, resetAt: context.now() + 20 * MINUTE, calls: 990 };
    meter.update({ done: 10, total: 1000, unit: 'pages', rate });
    expect(meter.text(0)).toMatch(/8 h 2\d min left$/);
    expect(limitedFor({ ...rate, calls: 90 }, START, 5000)).toBe(5000);
    expect(limitedFor({ ...rate, calls: 91, resetAt: START + HOUR }, START, 9100)).toBe(HOUR + 100);
  });

  it('rounds up, so that it never promises too much', () => {
    expect([1, 59_001, 90_000, 14 * MINUTE - 1, HOUR, 2 * HOUR + 1].map(roughly)).toEqual([
      '1 s',
      '60 s',
      '2 min',
      '14 min',
      '1 h',
      '2 h 1 min',
    ]);
  });
});

describe('an error', () => {
  const refused = new RefusedError('the API refused the request', {
    method: 'POST',
    path: '/employees',
    status: 400,
    code: 'invalid_request',
    detail: "The 'email' field is required",
    field: 'email',
    applied: 'no',
    next: 'give --email',
  });

  it('is lines of text on stderr', async () => {
    const context = testContext();
    await printError(refused, 'table', context);
    expect(context.stderr.text()).toBe(
      [
        'worktime: the API refused the request (POST /employees, 400)',
        "  invalid_request: The 'email' field is required (field: email)",
        'Applied: no',
        'Next: give --email',
        '',
      ].join('\n'),
    );
    expect(context.stdout.text()).toBe('');
  });

  it('is broken at words on a terminal, what is indented hangs, and JSON never is', async () => {
    const text = async (format: 'table' | 'json') => {
      const context = testContext({ stderr: { columns: 44 } });
      await printError(refused, format, context);
      return context.stderr.text();
    };
    expect(await text('table')).toBe(
      [
        'worktime: the API refused the request (POST',
        '/employees, 400)',
        "  invalid_request: The 'email' field is",
        '    required (field: email)',
        'Applied: no',
        'Next: give --email',
        '',
      ].join('\n'),
    );
    expect((await text('json')).trimEnd()).not.toContain('\n');
  });

  it('is one JSON object on one line with --format json', async () => {
    const context = testContext();
    await printError(refused, 'json', context);
    const text = context.stderr.text();
    expect(text.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(text)).toEqual({
      error: {
        code: 'invalid_request',
        message: "The 'email' field is required",
        field: 'email',
        status: 400,
        method: 'POST',
        path: '/employees',
        applied: 'no',
        next: 'give --email',
        exit: 6,
      },
    });
  });

  it('has a stack only with --debug', async () => {
    const context = testContext();
    await printError(new AuthError('no key'), 'table', context);
    expect(context.stderr.text()).not.toContain('    at ');
    await printError(new AuthError('no key'), 'table', context, { debug: true });
    expect(context.stderr.text()).toContain('    at ');
  });

  it('cannot fail, even when nobody reads stderr', async () => {
    for (const stderr of [{ closeAfter: 0 }, { fullAfter: 0 }]) {
      await expect(printError(refused, 'json', testContext({ stderr }))).resolves.toBeUndefined();
    }
  });
});

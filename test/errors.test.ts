import { expect, describe as group, it } from 'vitest';
import {
  AuthError,
  describe,
  EXIT_MEANINGS,
  errorLines,
  graver,
  LocalError,
  PartialError,
  RateLimitError,
  RefusedError,
  TemporaryError,
  UnknownOutcomeError,
  UsageError,
  type WorkTimeError,
} from '../src/errors.ts';

group('an error as text', () => {
  it("says what happened, then the API's words, then what to do", () => {
    const error = new RefusedError('the API refused the request', {
      code: 'invalid_request',
      detail: "The 'email' field is required",
      field: 'email',
      status: 400,
      method: 'POST',
      path: '/employees',
      next: 'add --email',
    });
    expect(errorLines(error)).toEqual([
      'worktime: the API refused the request (POST /employees, 400)',
      "  invalid_request: The 'email' field is required (field: email)",
      'Next: add --email',
    ]);
  });

  it('says what became of a write', () => {
    expect(errorLines(new UnknownOutcomeError('the answer never came'))).toContain('Applied: unknown');
  });

  it('calls anything else a bug', () => {
    expect(describe(new TypeError('x is not a function')).exit).toBe(1);
    expect(errorLines(new TypeError('x is not a function'))[0]).toBe('worktime: x is not a function');
  });
});

group('an error as JSON', () => {
  it('has exactly the fields that scripts may rely on', () => {
    expect(describe(new AuthError('no key', { next: 'worktime login' }))).toEqual({
      code: 'unauthorized',
      message: 'no key',
      field: null,
      status: null,
      method: null,
      path: null,
      applied: null,
      next: 'worktime login',
      exit: 4,
    });
  });
});

group('the exit of a run with several errors', () => {
  const ranked: readonly WorkTimeError[] = [
    new UnknownOutcomeError('8'),
    new AuthError('4'),
    new LocalError('9'),
    new RateLimitError('7'),
    new TemporaryError('5'),
    new RefusedError('6'),
    new PartialError('3'),
  ];
  it('is that of the gravest: 8 > 4 > 9 > 7 > 5 > 6 > 3', () => {
    for (let at = 1; at < ranked.length; at++) {
      const [worse, better] = [ranked[at - 1] as WorkTimeError, ranked[at] as WorkTimeError];
      expect(graver(better, worse)).toBe(worse);
      expect(graver(worse, better)).toBe(worse);
    }
  });

  it('has a meaning for every code that an error can have', () => {
    const known = EXIT_MEANINGS.map(([code]) => code);
    for (const error of [...ranked, new UsageError('2')]) expect(known).toContain(error.exit);
  });
});

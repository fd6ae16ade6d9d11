/** Speaks to the person on stderr. Nothing that is written here can fail a command. */

import type { Context } from '../context.ts';
import { describe, EXIT } from '../errors.ts';
import type { Progress, Reporter } from '../session.ts';
import { createMeter, type Meter, roughly } from './progress.ts';
import { visible } from './safe.ts';
import { painter } from './theme.ts';
import { messageLines } from './wrap.ts';

export interface ReporterOptions {
  /** Whether debug lines are shown. */
  readonly debug: boolean;
  /** Notes are left out; warnings stay. */
  readonly quiet?: boolean;
}

const CLEAR = '\r\u001b[K';
/** ms between two drawings of the bar. */
const REDRAW = 100;

/** The reporter of a run. Transient lines (status, progress) are drawn on a terminal alone, and cleared before any other line. */
export function createReporter(context: Context, options: ReporterOptions): Reporter {
  const { stderr } = context;
  const paint = painter(stderr.color);
  let transient = '';
  let drawnAt = Number.NEGATIVE_INFINITY;
  let meter: Meter | undefined;
  let last: Progress | undefined;
  let ticking: NodeJS.Timeout | undefined;

  /** A closed or full stderr has nobody to tell. */
  const put = (text: string) => {
    stderr.write(text).catch(() => undefined);
  };
  const draw = (text: string) => {
    if (text === transient) return;
    const width = stderr.columns > 0 ? stderr.columns - 1 : text.length;
    transient = text;
    put(CLEAR + text.slice(0, width));
  };
  const clear = () => {
    if (transient !== '') put(CLEAR);
    transient = '';
  };
  /** In lines of whole words on a terminal; scripts grep a line as one. */
  const fitted = (text: string) => messageLines(text, stderr.isTTY ? stderr.columns : 0);
  const line = (text: string) => {
    const before = transient;
    clear();
    put(`${text}\n`);
    if (before !== '') draw(before);
  };
  const stopTicking = () => {
    clearInterval(ticking);
    ticking = undefined;
  };

  /** A wait is counted down until it is over; the timer keeps no process alive. */
  const tick = (until: number, text: () => string) => {
    stopTicking();
    const show = () => {
      if (context.now() < until) return draw(visible(text()));
      stopTicking();
      clear();
    };
    show();
    ticking = setInterval(show, 1000).unref();
  };

  // The terminal writes ^C where the cursor is: what follows begins a line of its own.
  const interrupted = () => {
    if (describe(context.signal.reason).exit !== EXIT.interrupted) return;
    if (transient === '') put('\n');
    else clear();
  };
  if (stderr.isTTY) context.signal.addEventListener('abort', interrupted, { once: true });

  return {
    note(text) {
      if (!options.quiet) line(fitted(visible(text)));
    },
    ready(text) {
      line(fitted(visible(text)));
    },
    warn(text) {
      line(fitted(`warning: ${visible(text)}`).replace('warning:', paint.warn('warning:')));
    },
    debug(text) {
      if (options.debug) line(paint.faint(`debug: ${visible(text)}`));
    },
    status(text) {
      if (!stderr.isTTY) return;
      if (text === undefined) clear();
      else draw(visible(text));
    },
    progress(state: Progress | undefined) {
      if (!stderr.isTTY) return;
      stopTicking();
      if (state === undefined) {
        last = undefined;
        clear();
        drawnAt = Number.NEGATIVE_INFINITY;
        return;
      }
      last = state;
      const now = context.monotonic();
      meter ??= createMeter(context);
      meter.update(state);
      const text = () => meter?.text(stderr.columns) ?? '';
      if (state.waitUntil !== undefined && state.waitUntil > context.now())
        return tick(state.waitUntil, text);
      if (state.done !== state.total && now - drawnAt < REDRAW) return;
      drawnAt = now;
      draw(visible(text()));
    },
    waiting(until) {
      if (!stderr.isTTY) return;
      if (last) return this.progress({ ...last, waitUntil: until });
      tick(until, () => `waiting ${roughly(until - context.now())} for the rate limit`);
    },
  };
}

/** The few colours there are, by meaning. Without colour every painter gives the text back. */

import { Chalk } from 'chalk';

export type Paint = (text: string) => string;

export interface Painter {
  readonly strong: Paint;
  readonly faint: Paint;
  readonly good: Paint;
  readonly warn: Paint;
  readonly bad: Paint;
}

const plain: Paint = (text) => text;
const PLAIN: Painter = { strong: plain, faint: plain, good: plain, warn: plain, bad: plain };
let coloured: Painter | undefined;

/** The painter for a stream that may or may not have colour. */
export function painter(color: boolean): Painter {
  if (!color) return PLAIN;
  if (!coloured) {
    const chalk = new Chalk({ level: 1 });
    coloured = {
      strong: chalk.bold,
      faint: chalk.dim,
      good: chalk.green,
      warn: chalk.yellow,
      bad: chalk.red,
    };
  }
  return coloured;
}

const GOOD = new Set(['active', 'online', 'ok', 'done', 'complete', 'completed', 'running', 'delivered']);
const BAD = new Set(['inactive', 'offline', 'failed', 'error', 'deleted', 'missing', 'unknown']);

/** The paint of a status word. */
export function statusPaint(paint: Painter, status: string): Paint {
  const word = status.toLowerCase();
  if (GOOD.has(word)) return paint.good;
  return BAD.has(word) ? paint.bad : paint.warn;
}

/** Which columns a terminal has room for, and how wide each may be. */

export interface Wish {
  /** Width of the widest cell, heading included. */
  readonly natural: number;
  /** Of the heading alone. */
  readonly heading: number;
  readonly priority: number;
  /** May be cut with an ellipsis before others are. */
  readonly flexible: boolean;
  /** The width at which it is still useful; default 18. */
  readonly comfort?: number | undefined;
}

export interface Fit {
  /** Width of each column; 0: dropped. */
  readonly widths: readonly number[];
}

/** A column of text is still useful at this width; beyond it, a less important column goes first. */
const COMFORTABLE = 18;
const LEAST = 4;

/**
 * Fits columns into `room` cells with `gap` between them: all at their natural width where they fit; else columns of
 * text shrink to a comfortable width (one that is given stays while others can shrink), then columns go, the highest priority number and the rightmost first, never
 * one of priority 1; what is left shrinks as far as it must.
 */
export function fitColumns(wishes: readonly Wish[], room: number, gap: number, mayDrop: boolean): Fit {
  const kept = new Set(wishes.keys());
  const total = (width: (wish: Wish) => number) =>
    wishes.reduce((sum, wish, index) => (kept.has(index) ? sum + width(wish) + gap : sum), -gap);
  const capped = (cap: number) => (wish: Wish) =>
    wish.flexible ? Math.min(wish.natural, Math.max(cap, wish.comfort ?? 0)) : wish.natural;
  const comfortable = (wish: Wish) => capped(wish.comfort === undefined ? COMFORTABLE : 0)(wish);

  for (let priority = 4; mayDrop && priority > 1; priority -= 1) {
    for (let index = wishes.length - 1; index >= 0 && total(comfortable) > room; index -= 1) {
      if ((wishes[index]?.priority ?? 1) >= priority) kept.delete(index);
    }
  }
  let width: (wish: Wish) => number = (wish) => wish.natural;
  if (total(width) > room) {
    let cap = Math.max(...wishes.map((wish) => wish.natural));
    while (cap > LEAST && total(capped(cap)) > room) cap -= 1;
    width = capped(cap);
    // Numbers and IDs are cut only when nothing else is left to cut.
    for (let all = Math.max(...wishes.map(width)); all > 1 && total(width) > room; all -= 1) {
      const limit = all;
      width = (wish) => Math.min(capped(LEAST)(wish), limit);
    }
  }
  return { widths: wishes.map((wish, index) => (kept.has(index) ? width(wish) : 0)) };
}

/**
 * A sorted set of employee indexes that is never written out: a pattern that repeats every so many, some taken out,
 * some put in. Counting and seeking take a few steps, however many members there are.
 */
export interface RankedSet {
  readonly count: number;
  /** The members from the `offset`th on, at most `limit`. */
  slice(offset: number, limit: number): number[];
}

/** `prefix[c]` is how many of the classes below `c` belong; its last entry how many do in all. */
export function prefixOf(period: number, belongs: (klass: number) => boolean): Int32Array {
  const prefix = new Int32Array(period + 1);
  for (let klass = 0; klass < period; klass += 1) {
    prefix[klass + 1] = (prefix[klass] ?? 0) + (belongs(klass) ? 1 : 0);
  }
  return prefix;
}

const NOTHING: readonly number[] = [];

/** Members below `size` by the pattern, less `removed` (which must be members by it), plus `added` (which must not). Both sorted. */
export function rankedSet(
  size: number,
  prefix: Int32Array,
  removed: readonly number[] = NOTHING,
  added: readonly number[] = NOTHING,
): RankedSet {
  const period = prefix.length - 1;
  const each = prefix[period] ?? 0;
  const base = (below: number) => {
    const to = Math.min(below, size);
    return Math.floor(to / period) * each + (prefix[to % period] ?? 0);
  };
  const rank = (below: number) => base(below) - lower(removed, below) + lower(added, below);
  const limitIndex = Math.max(size, (added[added.length - 1] ?? -1) + 1);
  const count = rank(limitIndex);
  const select = (nth: number): number => {
    let low = 0;
    let high = limitIndex;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (rank(middle + 1) > nth) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return {
    count,
    slice(offset, limit) {
      const members: number[] = [];
      const end = Math.min(count, offset + limit);
      let next = offset < end ? select(offset) : limitIndex;
      for (let nth = offset; nth < end; nth += 1) {
        members.push(next);
        if (nth + 1 === end) break;
        // Neighbours are usually near; only a sparse set is worth another search.
        let steps = 0;
        do {
          next += 1;
          steps += 1;
        } while (steps <= period && rank(next + 1) <= nth + 1);
        if (steps > period) next = select(nth + 1);
      }
      return members;
    },
  };
}

/** How many of a sorted list are below a value. */
export function lower(sorted: readonly number[], below: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < below) low = middle + 1;
    else high = middle;
  }
  return low;
}

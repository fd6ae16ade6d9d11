/** Pages of a list as they come, a page or two ahead of their reader, whatever the list does meanwhile. */

import type { Pagination } from '../api/types.ts';
import { InvalidAnswerError } from '../errors.ts';
import type { Page } from './options.ts';

export interface PageSource<O> {
  /** Reads one page; `page` is undefined for the first unless one was asked for. */
  readonly read: (
    page: number | undefined,
    signal: AbortSignal,
  ) => Promise<{ rows: O[]; pagination?: Pagination }>;
  /** The page to start with; undefined: the first. */
  readonly start: number | undefined;
  readonly signal: AbortSignal | undefined;
  readonly warn: (message: string) => void;
}

/** How many pages are read ahead. */
const AHEAD = 2;
/** How many rows are remembered, so that one which comes twice is given once. Bounded: memory stays flat. */
const REMEMBERED = 2_000;
/** How often the pages before a change are read again before it is only said. */
const REREADS = 5;

function idOf(row: unknown): string | undefined {
  const id = typeof row === 'object' && row !== null ? (row as { id?: unknown }).id : undefined;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

/** What a page brought, or undefined where it failed. */
const settled = <O>(page: Promise<O>): Promise<O | undefined> => page.catch(() => undefined);

/** The rows given lately. */
class Recent {
  readonly #ids = new Set<string>();

  /** The rows not seen lately, which from now on are. Rows without an ID always count as new. */
  fresh<O>(rows: readonly O[]): O[] {
    return rows.filter((row) => {
      const id = idOf(row);
      if (id === undefined) return true;
      if (this.#ids.has(id)) return false;
      this.#ids.add(id);
      if (this.#ids.size > REMEMBERED) {
        for (const oldest of this.#ids) {
          this.#ids.delete(oldest);
          break;
        }
      }
      return true;
    });
  }
}

const stuck = (message: string) =>
  new InvalidAnswerError(message, {
    code: 'endless_list',
    next: 'read it page by page, and report it to WorkTime One',
  });

/**
 * Reads a list to its end. Where the answer has no `pagination` that is one page. A row that comes twice within
 * 2,000 rows is given once. When the total changes while it is read, the pages before are read again, so that no row that
 * stayed is lost; a list that never keeps still is said through `warn`. Throws InvalidAnswerError when the server repeats
 * itself or its total grows for ever.
 */
export async function* readPages<O>(source: PageSource<O>): AsyncGenerator<Page<O>, void, undefined> {
  const controller = new AbortController();
  const onAbort = () => controller.abort(source.signal?.reason);
  if (source.signal?.aborted) onAbort();
  source.signal?.addEventListener('abort', onAbort, { once: true });
  try {
    yield* read(source, controller.signal);
  } finally {
    source.signal?.removeEventListener('abort', onAbort);
    // Pages read ahead for a reader who has left.
    controller.abort(new Error('no longer wanted'));
  }
}

async function* read<O>(
  source: PageSource<O>,
  signal: AbortSignal,
): AsyncGenerator<Page<O>, void, undefined> {
  const start = source.start ?? 1;
  const first = await source.read(source.start, signal);
  if (!first.pagination) {
    yield { rows: first.rows, page: start };
    return;
  }
  const recent = new Recent();
  const ahead = new Map<number, ReturnType<typeof source.read>>();
  const size = first.pagination.limit;
  const lastOf = (rows: number) => Math.max(1, Math.ceil(rows / size));
  let total = first.pagination.total;
  const bound = start + 2 * lastOf(total) + 50;
  const take = (page: number) => {
    for (let next = page; next <= Math.max(page, Math.min(page + AHEAD - 1, lastOf(total))); next++) {
      if (ahead.has(next)) continue;
      const reading = source.read(next, signal);
      // A failure counts when its page is due.
      reading.catch(() => {});
      ahead.set(next, reading);
    }
    const due = ahead.get(page) ?? source.read(page, signal);
    ahead.delete(page);
    return due;
  };

  let given = (start - 1) * size;
  let page = start;
  let got = first;
  let furthest = start;
  let rereads = 0;
  // How many rows may come twice because the list moved, before that means that the server repeats itself.
  let slack = 0;
  let said = false;
  let before = '';
  for (;;) {
    const rows = recent.fresh(got.rows);
    const print = rows.length > 0 && idOf(rows[0]) === undefined ? JSON.stringify(rows) : '';
    const old = got.rows.length > 0 && (rows.length === 0 || (print !== '' && print === before));
    const other = got.pagination !== undefined && got.pagination.page !== page && page > start;
    before = print;
    if ((old || other) && page === furthest) {
      if (page > lastOf(total)) return;
      if (other || slack <= 0)
        throw stuck(`the API repeats itself: page ${page} holds what was there before`);
      slack -= got.rows.length;
    }
    given += rows.length;
    const more = got.rows.length > 0 && (given < total || page < lastOf(total));
    const next = more ? take(page + 1) : undefined;
    if (rows.length > 0 || page === start) {
      yield { rows, page, ...(got.pagination ? { pagination: got.pagination } : {}) };
    }
    if (!next) break;
    page++;
    if (page > bound) throw stuck('the list grows without end while it is read');
    furthest = Math.max(furthest, page);
    got = await next;
    while (got.pagination && got.pagination.total !== total) {
      let moved = 0;
      // Pages read ahead are thrown away below: what they saw the list do counts first.
      for (const seen of [got, ...(await Promise.all([...ahead.values()].map(settled)))]) {
        const now = seen?.pagination?.total ?? total;
        moved += Math.abs(now - total);
        total = now;
      }
      const back = Math.ceil(moved / size) + 1;
      slack += moved + size;
      if (rereads >= REREADS || (back + 1) * size > REMEMBERED) {
        if (!said)
          source.warn('the list changed while it was read: rows may be missing, read it again to be sure');
        said = true;
        break;
      }
      rereads++;
      ahead.clear();
      page = Math.max(start, page - back);
      got = await take(page);
    }
  }
  if (given < total && rereads === 0 && !said) {
    source.warn(`the API announced ${total} rows and gave ${given}`);
  }
}

/** Lists, a page at a time or whole, and what is said of the rest. */

import type { AnyEndpoint, Pagination } from '../api/types.ts';
import type { RateLimit } from '../client/options.ts';
import type { Chunk } from '../command.ts';
import type { Progress, Session } from '../session.ts';

/** What the rate limit leaves for the pages that are still to come. */
function rationed(
  rate: RateLimit | undefined,
  { pagination }: { readonly pagination?: Pagination },
  done: number,
): Pick<Progress, 'rate'> {
  const { limit, remaining, resetAt } = rate ?? {};
  if (!pagination || limit === undefined || remaining === undefined || resetAt === undefined) return {};
  const calls = Math.ceil((pagination.total - done) / Math.max(1, pagination.limit));
  return { rate: { limit, remaining, resetAt, calls } };
}

/** What one page leaves out of a list, in words; undefined where it is the whole list. `next`: a page can be asked for. */
function leftOut(
  { page, limit, total }: Pagination,
  shown: number,
  { unit, sorted, next }: { readonly unit: string; readonly sorted: boolean; readonly next: boolean },
): string | undefined {
  if (shown === 0 && page > 1 && total > 0) {
    const last = Math.ceil(total / Math.max(1, limit));
    return `page ${page} is past the last: there ${last === 1 ? 'is 1 page' : `are ${last} pages`}, with ${total} ${unit} in all`;
  }
  if (shown === 0 || total <= shown) return undefined;
  const first = (page - 1) * limit;
  const these = `${first + 1}–${first + shown} of ${total} ${unit} shown`;
  if (sorted) return `${these}, sorted within this page; --all sorts all ${total}`;
  const pages = next && first + shown < total;
  return `${these}; ${pages ? `--page ${page + 1} shows the next, ` : ''}--all shows every one`;
}

/** One page of a list, or with `--all` every page as it comes. `sorted`: the rows are put in order once they are there. */
export async function* list(
  session: Session,
  endpoint: AnyEndpoint,
  values: Readonly<Record<string, unknown>>,
  options: { readonly all: boolean; readonly unit: string; readonly sorted?: boolean },
): AsyncGenerator<Chunk & { type: 'rows' | 'remark' }> {
  const client = await session.client();
  if (options.all) {
    let done = 0;
    for await (const page of client.pages(endpoint, values, { signal: session.context.signal })) {
      done += page.rows.length;
      const total = page.pagination?.total;
      session.report.progress({ done, total, unit: options.unit, ...rationed(client.rate, page, done) });
      yield { type: 'rows', rows: page.rows, ...(total === undefined ? {} : { total }) };
    }
    session.report.progress(undefined);
    return;
  }
  const answer = await client.call(endpoint, values, { signal: session.context.signal });
  const rows = answer.data as readonly unknown[];
  yield { type: 'rows', rows, ...(answer.pagination ? { total: answer.pagination.total } : {}) };
  if (!answer.pagination) return;
  const { unit, sorted = false } = options;
  const text = leftOut(answer.pagination, rows.length, { unit, sorted, next: 'page' in endpoint.params });
  if (text !== undefined) yield { type: 'remark', text };
}

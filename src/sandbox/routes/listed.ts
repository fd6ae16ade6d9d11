import type { Answer } from '../http.ts';
import type { Listing } from '../presence.ts';
import type { Paging } from '../validate.ts';

/** More than this in one answer helps nobody: it is given in pages then, asked for or not. */
const WHOLE = 100_000;

/** A list that is paged once the caller asks for pages, else given whole. */
export function listed(list: Listing<Record<string, unknown>>, pages: Paging | undefined): Answer {
  const { count } = list;
  const asked = pages ?? (count > WHOLE ? { page: 1, limit: 100, offset: 0 } : undefined);
  if (!asked) return { data: list.slice(0, count) };
  const { page, limit, offset } = asked;
  return { data: list.slice(offset, limit), pagination: { page, limit, total: count } };
}

import type { Answer } from '../http.ts';
import type { Listing } from '../presence.ts';
import type { Paging } from '../validate.ts';

/** More than this in one answer helps nobody: it is given in pages then, asked for or not. */
const WHOLE = 100_000;

/** A list of JSON texts that is paged once the caller asks for pages, else given whole. */
export function listed(list: Listing<string>, pages: Paging | undefined): Answer {
  const { count } = list;
  const asked = pages ?? (count > WHOLE ? { page: 1, limit: 100, offset: 0 } : undefined);
  const { offset, limit } = asked ?? { offset: 0, limit: count };
  const json = `[${list.slice(offset, limit).join(',')}]`;
  return asked ? { json, pagination: { page: asked.page, limit, total: count } } : { json };
}

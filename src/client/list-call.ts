/** A list call of the SDK: a promise of one page and an async iterable of every row, whichever is used. */

import type { Pagination } from '../api/types.ts';
import type { Page } from './options.ts';

/** One page of a list, as the API gave it. */
export interface ListPage<O> {
  readonly data: O[];
  /** Where the answer had it. */
  readonly pagination?: Pagination;
}

/**
 * `await` it for one page; `for await` over it for every row of every page. Nothing is sent before one of the two;
 * the promise sends once, each iteration reads the list anew.
 */
export class ListCall<O> implements Promise<ListPage<O>>, AsyncIterable<O> {
  readonly [Symbol.toStringTag] = 'ListCall';
  readonly #one: () => Promise<ListPage<O>>;
  readonly #all: () => AsyncIterable<Page<O>>;
  #promise: Promise<ListPage<O>> | undefined;

  /** @internal */
  constructor(one: () => Promise<ListPage<O>>, all: () => AsyncIterable<Page<O>>) {
    this.#one = one;
    this.#all = all;
  }

  #page(): Promise<ListPage<O>> {
    this.#promise ??= this.#one();
    return this.#promise;
  }

  // biome-ignore lint/suspicious/noThenProperty: it is a promise on purpose
  then<A = ListPage<O>, B = never>(
    onFulfilled?: ((page: ListPage<O>) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#page().then(onFulfilled, onRejected);
  }

  catch<B = never>(onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<ListPage<O> | B> {
    return this.#page().catch(onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<ListPage<O>> {
    return this.#page().finally(onFinally);
  }

  /** Every page, a page or two read ahead. */
  pages(): AsyncIterable<Page<O>> {
    return this.#all();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<O, void, undefined> {
    for await (const { rows } of this.#all()) yield* rows;
  }
}

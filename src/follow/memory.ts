/** What a tail remembers of what it has shown. */

import { KnownSet } from './known.ts';

/** The part of the memory that survives the process. Every promise resolves once it is on the disk. */
export interface Journal {
  /** What a source held when it was first read and is not to be shown. */
  baseline(source: string, keys: readonly string[], newest: number | undefined): Promise<void>;
  /** Records that a filter keeps out. */
  passedOver(keys: readonly string[]): Promise<void>;
  /** These are about to be shown: if nothing follows, they may be shown again. */
  showing(keys: readonly string[]): Promise<void>;
  /** What was announced has been shown. */
  shown(keys: readonly string[], newest: number | undefined): Promise<void>;
  /** Every source has answered. */
  polled(at: number): Promise<void>;
}

/** What a journal gave back. */
export interface Remembered {
  readonly known: KnownSet;
  /** The sources whose baseline is known. */
  readonly sources: ReadonlySet<string>;
  /** The time of the newest record shown, ms. */
  readonly newest: number | undefined;
}

export class Memory {
  readonly known: KnownSet;
  readonly #sources: Set<string>;
  readonly #journal: Journal | undefined;
  #newest: number | undefined;

  constructor(remembered?: Remembered, journal?: Journal) {
    this.known = remembered?.known ?? new KnownSet();
    this.#sources = new Set(remembered?.sources);
    this.#newest = remembered?.newest;
    this.#journal = journal;
  }

  /** The time of the newest record shown: what is older than it comes late. */
  get newest(): number | undefined {
    return this.#newest;
  }

  /** Whether the source has been read before. */
  knows(source: string): boolean {
    return this.#sources.has(source);
  }

  async baseline(source: string, keys: readonly string[], newest: number | undefined): Promise<void> {
    await this.#journal?.baseline(source, keys, newest);
    this.#add(keys, newest);
    this.#sources.add(source);
  }

  async passedOver(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    await this.#journal?.passedOver(keys);
    this.#add(keys, undefined);
  }

  async showing(keys: readonly string[]): Promise<void> {
    await this.#journal?.showing(keys);
  }

  async shown(keys: readonly string[], newest: number | undefined): Promise<void> {
    this.#add(keys, newest);
    await this.#journal?.shown(keys, newest);
  }

  async polled(at: number): Promise<void> {
    await this.#journal?.polled(at);
  }

  #add(keys: readonly string[], newest: number | undefined): void {
    for (const key of keys) this.known.add(key);
    this.#newest = later(this.#newest, newest);
  }
}

/** The later of two times; what is no time does not count. */
export function later(a: number | undefined, b: number | undefined): number | undefined {
  if (b === undefined || Number.isNaN(b)) return a;
  return a === undefined || b > a ? b : a;
}

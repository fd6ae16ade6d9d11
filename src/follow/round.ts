/** One round of a poll: every source is read whole, and what is new is told apart from what is known. */

import { KnownSet } from './known.ts';
import { later, type Memory } from './memory.ts';
import { byTime, Newest } from './newest.ts';

/** Something that can be read again and again, such as the history of one lock. */
export interface Source {
  /** Names it in the durable memory. */
  readonly id: string;
  /** All that the API offers, a page at a time. */
  read(): AsyncIterable<readonly unknown[]>;
  keyOf(record: unknown): string;
  /** ms; NaN where the record does not say. */
  timeOf(record: unknown): number;
}

/** What of a source's past is shown when it is read for the first time. */
export type First = { readonly last: number } | { readonly since: number };

export interface Found {
  readonly record: unknown;
  readonly key: string;
  readonly time: number;
}

export interface Fault {
  readonly source: Source;
  readonly error: unknown;
}

export interface Round {
  /** To be shown, oldest first. */
  readonly found: readonly Found[];
  /** New, and kept out by a filter. */
  readonly passedOver: readonly string[];
  readonly faults: readonly Fault[];
  /** Calls that it took, at least. */
  readonly cost: number;
}

export interface RoundOptions {
  readonly sources: readonly Source[];
  readonly memory: Memory;
  readonly first: First;
  readonly matches: (record: unknown) => boolean;
  /** Records from this instant on (ms) are left for another time: not shown, and not remembered either. */
  readonly until?: number | undefined;
  /** Whether a fault leaves no hope for the sources that follow. */
  readonly isHopeless: (error: unknown) => boolean;
}

/** A source that was read for the first time. */
interface FirstLook {
  readonly source: Source;
  readonly candidates: Newest<Found>;
  readonly hidden: string[];
  newest: number | undefined;
}

/** Reads every source once. Faults are gathered, not thrown: what the others gave is shown all the same. */
export async function readRound(options: RoundOptions): Promise<Round> {
  const { memory, matches, until = Number.POSITIVE_INFINITY } = options;
  const found: Found[] = [];
  const passedOver: string[] = [];
  const faults: Fault[] = [];
  const looks: FirstLook[] = [];
  const claimed = new KnownSet();
  let cost = 0;
  for (const source of options.sources) {
    const known = memory.knows(source.id);
    const look = firstLook(source, options.first);
    // A first look that breaks off must leave no trace: the next one has to find everything again.
    const claims = known ? claimed : new KnownSet();
    try {
      for await (const records of source.read()) {
        cost += 1;
        for (const record of records) {
          const key = source.keyOf(record);
          if (memory.known.offered(key) || claims.offered(key)) continue;
          const one = { record, key, time: source.timeOf(record) };
          if (one.time >= until) continue;
          claims.add(key);
          if (!known) consider(look, one, matches(record), options.first);
          else if (matches(record)) found.push(one);
          else passedOver.push(key);
        }
      }
      if (!known) looks.push(look);
    } catch (error) {
      cost += 1;
      faults.push({ source, error });
      if (options.isHopeless(error)) break;
    }
  }
  const all = [...found, ...(await settle(looks, memory, options.first))];
  return { found: onceEach(all).sort(byTime), passedOver, faults, cost };
}

/** Two sources may offer the same record. */
function onceEach(found: readonly Found[]): Found[] {
  return [...new Map(found.map((one) => [one.key, one])).values()];
}

function firstLook(source: Source, first: First): FirstLook {
  const hidden: string[] = [];
  const count = 'last' in first ? first.last : Number.POSITIVE_INFINITY;
  return {
    source,
    hidden,
    candidates: new Newest<Found>(count, ({ key }) => hidden.push(key)),
    newest: undefined,
  };
}

/** Sorts a record of a first look into what may be shown and what is only remembered. */
function consider(look: FirstLook, one: Found, matches: boolean, first: First): void {
  if (matches) look.newest = later(look.newest, one.time);
  if (!matches || ('since' in first && one.time < first.since)) look.hidden.push(one.key);
  else look.candidates.add(one);
}

/** Remembers what was there before, durably, and gives back what of it is to be shown. */
async function settle(looks: readonly FirstLook[], memory: Memory, first: First): Promise<Found[]> {
  const candidates = onceEach(looks.flatMap((look) => look.candidates.rows())).sort(byTime);
  const shown = 'last' in first ? candidates.slice(Math.max(0, candidates.length - first.last)) : candidates;
  const kept = new Set(shown.map(({ key }) => key));
  const since = 'since' in first ? first.since : undefined;
  for (const { source, candidates: own, hidden, newest } of looks) {
    const keys = [
      ...hidden,
      ...own
        .rows()
        .map(({ key }) => key)
        .filter((key) => !kept.has(key)),
    ];
    await memory.baseline(source.id, keys, kept.size === 0 ? later(since, newest) : since);
  }
  return shown;
}

/** Real deliveries, at least once and in order unless asked otherwise, and a record of what became of each. */

import type { CompleteEvent } from '../api/webhooks.ts';
import type { Context } from '../context.ts';
import type { Chance } from './chance.ts';

export interface WebhookTarget {
  readonly url: string;
  /** Names of the events that it wants; undefined: all. */
  readonly events?: readonly string[] | undefined;
}

export interface WebhookFaults {
  /** Shares of the deliveries, 0 to 1. */
  drop: number;
  duplicate: number;
  reorder: number;
}

export interface Delivery extends CompleteEvent {
  readonly seq: number;
  readonly url: string;
  /** `dropped`: on request, it was never sent. `failed`: no 2xx at any attempt. */
  outcome: 'pending' | 'delivered' | 'dropped' | 'failed';
  /** Requests that were sent, duplicates included. */
  attempts: number;
  status: number | null;
  duplicated: boolean;
  reordered: boolean;
}

const ATTEMPTS = 6;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;
const TIMEOUT = 10_000;
/** How long a reordered delivery waits for another to overtake it. */
const HELD = 1000;
const REMEMBERED = 200_000;

interface Queue {
  readonly target: WebhookTarget;
  readonly items: Delivery[];
  held: Delivery | undefined;
  watched: boolean;
  busy: boolean;
}

type Tools = Pick<Context, 'transport' | 'sleep'>;

export class Webhooks {
  readonly deliveries: Delivery[] = [];
  readonly faults: WebhookFaults = { drop: 0, duplicate: 0, reorder: 0 };
  readonly #queues: Queue[] = [];
  readonly #tools: Tools;
  readonly #chance: Chance;
  readonly #signal: AbortSignal;
  #count = 0;

  constructor(tools: Tools, chance: Chance, signal: AbortSignal) {
    this.#tools = tools;
    this.#chance = chance;
    this.#signal = signal;
  }

  get targets(): readonly WebhookTarget[] {
    return this.#queues.map(({ target }) => target);
  }

  add(target: WebhookTarget): void {
    this.#queues.push({ target, items: [], held: undefined, watched: false, busy: false });
  }

  /** Forgets every target, and what still waits for them. */
  clear(): void {
    for (const queue of this.#queues.splice(0)) queue.items.length = 0;
  }

  publish(events: readonly CompleteEvent[]): void {
    for (const queue of this.#queues) {
      for (const event of events) {
        const wanted = queue.target.events;
        if (wanted === undefined || wanted.includes(event.event)) this.#enqueue(queue, event);
      }
    }
  }

  #enqueue(queue: Queue, event: CompleteEvent): void {
    this.#count += 1;
    const delivery: Delivery = {
      seq: this.#count,
      url: queue.target.url,
      ...event,
      outcome: 'pending',
      attempts: 0,
      status: null,
      duplicated: false,
      reordered: false,
    };
    this.deliveries.push(delivery);
    if (this.deliveries.length > REMEMBERED) this.deliveries.splice(0, REMEMBERED / 10);
    if (this.#chance.happens(this.faults.drop)) {
      delivery.outcome = 'dropped';
      return;
    }
    delivery.duplicated = this.#chance.happens(this.faults.duplicate);
    if (!queue.held && this.#chance.happens(this.faults.reorder)) this.#hold(queue, delivery);
    else {
      queue.items.push(delivery);
      this.#release(queue);
    }
    this.#start(queue);
  }

  #hold(queue: Queue, delivery: Delivery): void {
    queue.held = delivery;
    if (queue.watched) return;
    queue.watched = true;
    this.#watch(queue).catch(() => undefined);
  }

  /** Nothing may come to overtake what is held: then it goes as it is. */
  async #watch(queue: Queue): Promise<void> {
    for (let seen = queue.held; seen; seen = queue.held) {
      await this.#tools.sleep(HELD, this.#signal);
      if (queue.held !== seen) continue;
      this.#release(queue);
      this.#start(queue);
    }
    queue.watched = false;
  }

  /** Puts the held delivery behind the one that came after it. */
  #release(queue: Queue): void {
    const { held } = queue;
    if (!held) return;
    queue.held = undefined;
    held.reordered = queue.items.length > 0;
    queue.items.push(held);
  }

  #start(queue: Queue): void {
    if (queue.busy) return;
    queue.busy = true;
    this.#work(queue).catch(() => undefined);
  }

  async #work(queue: Queue): Promise<void> {
    try {
      for (let next = queue.items.shift(); next; next = queue.items.shift()) {
        await this.#deliver(next);
        if (next.duplicated) await this.#send(next);
      }
    } finally {
      queue.busy = false;
    }
  }

  async #deliver(delivery: Delivery): Promise<void> {
    for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      if (await this.#send(delivery)) {
        delivery.outcome = 'delivered';
        return;
      }
      if (delivery.attempts >= ATTEMPTS) {
        delivery.outcome = 'failed';
        return;
      }
      await this.#tools.sleep(pause * (0.5 + this.#chance.next()), this.#signal);
    }
  }

  /** One request; true when it was taken. */
  async #send(delivery: Delivery): Promise<boolean> {
    const { event, timestamp, data } = delivery;
    delivery.attempts += 1;
    this.#signal.throwIfAborted();
    try {
      const answer = await this.#tools.transport({
        method: 'POST',
        url: delivery.url,
        headers: { 'content-type': 'application/json', 'user-agent': 'worktime-sandbox' },
        body: JSON.stringify({ event, timestamp, data }),
        signal: AbortSignal.any([this.#signal, AbortSignal.timeout(TIMEOUT)]),
      });
      for await (const _ of answer.body);
      delivery.status = answer.status;
      return answer.status >= 200 && answer.status < 300;
    } catch {
      return false;
    }
  }
}

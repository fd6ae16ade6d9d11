/** What a route is. Paths are written out in each route: shared with the client, a wrong one would pass every test. */

import type { Scope } from '../../api/types.ts';
import type { Answer } from '../http.ts';
import type { Store } from '../store.ts';
import type { Body } from '../validate.ts';
import type { World } from '../world.ts';

export interface Call {
  readonly world: World;
  readonly store: Store;
  readonly query: URLSearchParams;
  /** Of the path, decoded. */
  readonly id: string;
  /** The body as a JSON object; throws ApiError. */
  body(): Body;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the base URL; `:id` stands for one segment. */
  readonly path: string;
  readonly scope: Scope;
  readonly answer: (call: Call) => Answer | Promise<Answer>;
}

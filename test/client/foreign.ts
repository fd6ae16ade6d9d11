/** What a transport of somebody else's gives. */

export const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** An answer as a transport gives it, in one piece. */
export const answer = (value: unknown, status = 200) => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: (async function* () {
    yield bytesOf(value);
  })(),
});

/** A clock that never waits. */
export const clock = { now: () => 0, monotonic: () => 0, random: () => 0, sleep: async () => {} };

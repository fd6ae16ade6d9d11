import { getOrganization } from '../../api/organization.ts';
import { type AnyCommand, command } from '../../command.ts';
import { rfc3339 } from '../../time/zone.ts';

export const commands: readonly AnyCommand[] = [
  command({
    path: ['limits'],
    summary: 'Show the rate limit, as last seen and now',
    description: 'Asks once (GET /organization), so the look itself counts as one request.',
    effect: 'read',
    output: {
      kind: 'record',
      name: 'limits',
      columns: [
        { path: 'limit', kind: 'integer', header: 'Requests an hour' },
        { path: 'remaining', kind: 'integer', header: 'Left' },
        { path: 'used', kind: 'integer', header: 'Used' },
        { path: 'resets_at', kind: 'time', header: 'Resets at' },
        { path: 'resets_in_seconds', kind: 'integer', header: 'Seconds to the reset' },
        { path: 'last_seen.remaining', kind: 'integer', header: 'Left when last seen' },
        { path: 'last_seen.at', kind: 'time', header: 'Last seen' },
      ],
    },
    examples: [
      { command: 'limits', description: 'How many calls are left in this hour' },
      { command: 'limits --json --query remaining', description: 'The number alone, for a script' },
    ],
    async *run(session) {
      const client = await session.client();
      const before = session.lastRate ? await session.lastRate() : undefined;
      await client.call(getOrganization, {}, { signal: session.context.signal });
      const now = client.rate;
      yield {
        type: 'data',
        data: {
          limit: now?.limit ?? null,
          remaining: now?.remaining ?? null,
          used: now ? now.limit - now.remaining : null,
          resets_at: now ? rfc3339(Math.round(now.resetAt / 1000) * 1000) : null,
          resets_in_seconds: now
            ? Math.max(0, Math.ceil((now.resetAt - session.context.now()) / 1000))
            : null,
          last_seen: before
            ? { remaining: before.remaining, limit: before.limit, at: rfc3339(before.seenAt) }
            : null,
        },
      };
    },
  }),
];

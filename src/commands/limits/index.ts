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
        { path: 'resets_in_seconds', kind: 'seconds', header: 'Resets in' },
        { path: 'last_seen.at', kind: 'time', header: 'Last seen before' },
        { path: 'last_seen.remaining', kind: 'integer', header: '  left then' },
        { path: 'last_seen.limit', kind: 'integer', header: '  limit then' },
      ],
    },
    examples: [
      { command: 'limits', description: 'How many calls are left in this hour' },
      { command: 'limits --json --query remaining', description: 'The number alone, for a script' },
    ],
    async *run(session) {
      if (session.settings.sandbox) {
        session.report.note(
          'the embedded sandbox counts each command anew; `worktime sandbox serve` keeps count',
        );
      }
      const client = await session.client();
      const before = await session.lastRate();
      await client.call(getOrganization, {}, { signal: session.context.signal });
      const { limit, remaining, resetAt } = client.rate ?? {};
      const left =
        resetAt === undefined ? null : Math.max(0, Math.ceil((resetAt - session.context.now()) / 1000));
      yield {
        type: 'data',
        data: {
          limit: limit ?? null,
          remaining: remaining ?? null,
          used: limit === undefined || remaining === undefined ? null : limit - remaining,
          resets_at: resetAt === undefined ? null : rfc3339(Math.round(resetAt / 1000) * 1000),
          resets_in_seconds: left,
          last_seen: before
            ? { remaining: before.remaining ?? null, limit: before.limit ?? null, at: rfc3339(before.seenAt) }
            : null,
        },
      };
    },
  }),
];

import { webhookEvents } from '../../api/webhooks.ts';
import { command } from '../../command.ts';

/** JSON with blanks at which a line can be wrapped. */
const spaced = (value: unknown) => JSON.stringify(value, null, 1).replace(/\n */g, ' ');

export const events = command({
  path: ['webhooks', 'events'],
  summary: 'List the webhook events, what each means and an example',
  effect: 'local',
  output: {
    kind: 'rows',
    name: 'webhook-events',
    idField: 'event',
    whole: true,
    columns: [
      { path: 'event', kind: 'text', priority: 1 },
      { path: 'meaning', kind: 'text', priority: 1 },
      { path: 'example', kind: 'text', priority: 2, below: true },
    ],
  },
  examples: [
    { command: 'webhooks events', description: 'The seven events' },
    { command: "webhooks events --json --query '[0].example'", description: 'The payload of one' },
  ],
  async *run(session, input) {
    const { shapeOf } = await import('./shared.ts');
    const { format } = shapeOf(session, input);
    const whole = format === 'json' || format === 'ndjson';
    yield {
      type: 'rows',
      rows: webhookEvents.map(({ name, description, example }) => ({
        event: name,
        meaning: description,
        example: whole ? example : spaced(example),
      })),
    };
  },
});

import type { Option } from '../../command.ts';
import type { Format } from '../../config/settings.ts';
import type { Plan } from '../../sandbox/config.ts';
import type { ResetHeader } from '../../sandbox/faults.ts';
import { type RecordsInput, recordOptions } from './records.ts';
import { type ShapeInput, shapeOptions } from './shape.ts';

const CLOCK = 'Clock and people';
const HOOKS = 'Webhooks';
const TROUBLE = 'Trouble';

const share = (name: string, group: string, description: string): Option => ({
  name,
  kind: 'string',
  placeholder: 'SHARE',
  group,
  description,
});

export const serveOptions: readonly Option[] = [
  {
    name: 'port',
    kind: 'integer',
    min: 0,
    max: 65_535,
    default: 4010,
    placeholder: 'N',
    description: 'Where to listen; 0: any free port',
  },
  {
    name: 'host',
    kind: 'string',
    default: '127.0.0.1',
    placeholder: 'ADDRESS',
    description: 'On which address; beyond loopback only when told',
  },
  {
    name: 'allow-host',
    kind: 'string',
    repeat: true,
    placeholder: 'NAME',
    description: 'Another name by which it may be called, such as that of a container',
  },
  { name: 'memory', description: 'Keep changes in memory, and forget them at the end' },
  ...shapeOptions,
  {
    name: 'rate-limit',
    kind: 'integer',
    min: 0,
    placeholder: 'N',
    group: 'Limits',
    description: 'Requests in a window, instead of those of the plan',
  },
  {
    name: 'rate-window',
    kind: 'duration',
    min: 1,
    placeholder: 'DUR',
    group: 'Limits',
    description: 'The window of the rate limit (default 1h)',
  },
  {
    name: 'clock',
    kind: 'time',
    placeholder: 'TIME',
    group: CLOCK,
    description: 'When it is in there, at the start',
  },
  {
    name: 'clock-rate',
    kind: 'number',
    min: 0,
    max: 10_000_000,
    placeholder: 'N',
    group: CLOCK,
    description: 'How many seconds pass in there in one of ours',
  },
  {
    name: 'simulate',
    kind: 'string',
    placeholder: 'N/min',
    group: CLOCK,
    description: 'Let people come and go, so many times a minute of ours',
  },
  ...recordOptions,
  {
    name: 'webhook',
    kind: 'url',
    repeat: true,
    placeholder: 'URL',
    group: HOOKS,
    description: 'Deliver events there',
  },
  {
    name: 'webhook-events',
    kind: 'string',
    placeholder: 'A,B',
    complete: 'event',
    group: HOOKS,
    description: 'Only these events',
  },
  share('webhook-drop', HOOKS, 'Never send this share of the deliveries'),
  share('webhook-duplicate', HOOKS, 'Send this share twice'),
  share('webhook-reorder', HOOKS, 'Let a later one overtake this share'),
  {
    name: 'latency',
    kind: 'string',
    placeholder: 'DUR..DUR',
    group: TROUBLE,
    description: 'Answer so late: 50ms..2s',
  },
  share('fail', TROUBLE, 'Answer 500 to this share of the requests'),
  share(
    'drop-after-commit',
    TROUBLE,
    'Apply this share of the writes, and reset the connection instead of answering',
  ),
  share('drop-before-commit', TROUBLE, 'Reset the connection of this share of the requests, nothing done'),
  share('cut-body', TROUBLE, 'Cut this share of the answers in the middle'),
  share('hang', TROUBLE, 'Never answer this share of the requests, nothing done'),
  {
    name: 'bad-reset-header',
    kind: 'choice',
    values: ['absent', 'word', 'negative', 'ms', 'far'],
    optionalValue: true,
    group: TROUBLE,
    description: 'Send a wrong X-RateLimit-Reset (bare: none at all)',
  },
];

/** The flags that make data or a clock of their own: then it serves those from memory. */
export const DATA_FLAGS = [
  'seed',
  'employees',
  'fixture',
  'timezone',
  'shift',
  'holiday',
  'clock',
  'clockRate',
  'memory',
] as const satisfies readonly (keyof ServeInput)[];

type Share = string | undefined;

export interface ServeInput extends ShapeInput, RecordsInput {
  readonly port: number;
  readonly host: string;
  readonly allowHost?: readonly string[];
  readonly memory?: boolean;
  readonly rateLimit?: number;
  readonly rateWindow?: number;
  readonly clock?: string;
  readonly clockRate?: number;
  readonly simulate?: string;
  readonly webhook?: readonly string[];
  readonly webhookEvents?: string;
  readonly webhookDrop?: Share;
  readonly webhookDuplicate?: Share;
  readonly webhookReorder?: Share;
  readonly latency?: string;
  readonly fail?: Share;
  readonly dropAfterCommit?: Share;
  readonly dropBeforeCommit?: Share;
  readonly cutBody?: Share;
  readonly hang?: Share;
  readonly badResetHeader?: ResetHeader | true;
  readonly plan?: Plan;
  readonly format?: Format;
  readonly json?: boolean;
}

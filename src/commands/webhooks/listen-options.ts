import type { Option } from '../../command.ts';
import { eventsOption } from './shared.ts';

export interface ListenInput {
  readonly port?: number;
  readonly host?: string;
  readonly path?: string;
  readonly token?: string;
  readonly publicUrl?: string;
  readonly events?: string;
  readonly record?: string;
  readonly forward?: readonly string[];
  readonly exec?: string;
  readonly tunnel?: string;
  readonly maxEvents?: number;
  readonly idleTimeout?: number;
}

export const DEFAULTS = { port: 4242, host: '127.0.0.1', path: '/', token: 'auto' };
/** With a value for what has a default. */
export type Complete = ListenInput & typeof DEFAULTS;

export const listenOptions: readonly Option[] = [
  {
    name: 'port',
    kind: 'integer',
    min: 0,
    max: 65_535,
    default: DEFAULTS.port,
    placeholder: 'N',
    description: 'Port; 0 takes a free one',
  },
  {
    name: 'host',
    kind: 'string',
    default: DEFAULTS.host,
    placeholder: 'ADDRESS',
    description: 'Address to bind',
  },
  {
    name: 'path',
    kind: 'string',
    default: DEFAULTS.path,
    placeholder: 'PATH',
    description: 'Path of the URL',
  },
  {
    name: 'token',
    kind: 'string',
    default: DEFAULTS.token,
    placeholder: 'TOKEN',
    description: 'Secret in the URL; auto makes one and remembers it, none asks for none (loopback alone)',
  },
  {
    name: 'public-url',
    kind: 'url',
    placeholder: 'URL',
    description: 'Address by which the service reaches it',
  },
  {
    name: 'tunnel',
    kind: 'string',
    placeholder: 'COMMAND',
    description: 'Start a tunnel; {url}, {host} and {port} are filled in',
  },
  eventsOption,
  {
    name: 'record',
    kind: 'file',
    placeholder: 'FILE',
    description: 'Record to this file; default: the state directory, rotated',
  },
  {
    name: 'forward',
    kind: 'url',
    repeat: true,
    placeholder: 'URL',
    description: 'Send each event on, until it is taken',
  },
  {
    name: 'exec',
    kind: 'string',
    placeholder: 'COMMAND',
    description: 'Run a program for each event, given on its standard input',
  },
  { name: 'max-events', kind: 'integer', min: 1, placeholder: 'N', description: 'End after so many' },
  {
    name: 'idle-timeout',
    kind: 'duration',
    placeholder: 'DUR',
    description: 'End when none came for so long',
  },
];

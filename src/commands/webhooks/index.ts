import type { AnyCommand } from '../../command.ts';
import { audit } from './audit.ts';
import { events } from './events.ts';
import { listen } from './listen.ts';
import { replay } from './replay.ts';
import { trigger } from './trigger.ts';

export const commands: readonly AnyCommand[] = [events, listen, trigger, replay, audit];

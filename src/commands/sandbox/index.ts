import type { AnyCommand } from '../../command.ts';
import { keys } from './keys.ts';
import { serve } from './serve.ts';
import { simulate } from './simulate.ts';
import { reset, status } from './state.ts';

export const commands: readonly AnyCommand[] = [serve, reset, status, keys, simulate];

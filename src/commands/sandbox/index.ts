import type { AnyCommand } from '../../command.ts';
import { keys } from './keys.ts';
import { reset, status } from './state.ts';

export const commands: readonly AnyCommand[] = [reset, status, keys];

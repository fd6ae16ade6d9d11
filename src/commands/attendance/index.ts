import type { AnyCommand } from '../../command.ts';
import { clock } from './clock.ts';
import { importAttendance } from './import.ts';
import { list } from './list.ts';

export const commands: readonly AnyCommand[] = [list, clock, importAttendance];

/** Whether this process may read from its terminal: one in the background would be stopped by the attempt. */

import { readFileSync } from 'node:fs';

/** From the fields of /proc/PID/stat: the process group, and the one that the terminal listens to. */
export function isForeground(stat: string): boolean {
  // The name of the program comes before, in parentheses, and may hold anything.
  const [, , group, , , listening] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // -1: no terminal has control of this process, so nothing would stop it.
  return listening === '-1' || group === listening;
}

/** True where it cannot be found out. */
export function inForeground(): boolean {
  try {
    if (process.platform === 'linux') return isForeground(readFileSync('/proc/self/stat', 'utf8'));
    if (process.platform === 'win32') return true;
    // Loaded here alone: it costs more than all else that a command does before it starts.
    const { execFileSync } = process.getBuiltinModule('node:child_process');
    const state = execFileSync('ps', ['-o', 'stat=', '-p', String(process.pid)], { encoding: 'utf8' });
    return state.trim() === '' || state.includes('+');
  } catch {
    return true;
  }
}

/** Takes a lock, says so, and keeps it until it is killed. argv: lock. */
import { writeSync } from 'node:fs';
import { acquireLock } from '../../../src/files/lock.ts';
import { realContext } from './context.ts';

await acquireLock(process.argv[2] ?? '', { context: realContext(), purpose: 'holding' });
writeSync(1, 'held\n');
setInterval(() => undefined, 60_000);

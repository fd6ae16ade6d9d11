/** Writes to its own standard output by name. */
import { writeFileAtomic } from '../../../src/files/atomic.ts';

await writeFileAtomic('/dev/stdout', 'from the worker\n', { force: false });

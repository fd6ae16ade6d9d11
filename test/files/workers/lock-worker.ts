/**
 * Takes a lock again and again. While it holds it, it binds a socket that the kernel gives to one process at a time
 * and frees when that process dies: a second holder cannot bind it, whatever the lock believes.
 * argv: lock, counter file, rounds, socket, how often (0..1) it kills itself inside.
 */
import { readFileSync, writeFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { acquireLock } from '../../../src/files/lock.ts';
import { realContext } from './context.ts';

const [, , path = '', counter = '', rounds = '1', name = '', suicidal = '0'] = process.argv;
// An abstract socket's name starts with a NUL, which cannot stand in an argument.
const socket = name.replace('@@', '\0');
const context = realContext();

for (let round = 0; round < Number(rounds); round += 1) {
  const lock = await acquireLock(path, { context, purpose: 'testing', wait: 60_000 });
  const proof = createServer();
  await new Promise<void>((resolve) => {
    proof.once('error', () => {
      writeSync(1, 'TWO HOLDERS\n');
      process.exit(1);
    });
    proof.listen(socket, resolve);
  });
  writeFileSync(counter, String(Number(readFileSync(counter, 'utf8')) + 1));
  writeSync(1, 'held\n');
  if (Math.random() < Number(suicidal)) process.kill(process.pid, 'SIGKILL');
  await new Promise((resolve) => proof.close(resolve));
  await lock.release();
}
writeSync(1, 'done\n');

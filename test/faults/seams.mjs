// Loaded before the binary (`node --import`): counts every step at the file system and at the network, and dies by
// SIGKILL right before step SEAMS_KILL_AT. At its end it writes the number of steps to SEAMS_COUNT_FILE.
import fs, { writeFileSync } from 'node:fs';
import module from 'node:module';
import net from 'node:net';

const killAt = Number(process.env.SEAMS_KILL_AT ?? 0);
const countFile = process.env.SEAMS_COUNT_FILE;
let count = 0;

function seam() {
  count += 1;
  if (count !== killAt) return;
  process.kill(process.pid, 'SIGKILL');
  // The signal is on its way: nothing more may happen.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

function count_(object, name) {
  const original = object[name];
  object[name] = function counted(...args) {
    seam();
    return original.apply(this, args);
  };
}

for (const name of [
  'mkdirSync',
  'writeSync',
  'writeFileSync',
  'linkSync',
  'renameSync',
  'unlinkSync',
  'truncateSync',
  'rmSync',
]) {
  count_(fs, name);
}
for (const name of ['mkdir', 'rename', 'link', 'unlink', 'rm']) count_(fs.promises, name);
const handle = await fs.promises.open(process.execPath, 'r');
for (const name of ['write', 'datasync', 'sync', 'truncate']) count_(Object.getPrototypeOf(handle), name);
await handle.close();
count_(net.Socket.prototype, 'connect');
count_(net.Socket.prototype, 'write');
const { push } = net.Socket.prototype;
net.Socket.prototype.push = function received(...args) {
  seam();
  return push.apply(this, args);
};
module.syncBuiltinESMExports();

if (countFile) process.on('exit', () => writeFileSync(countFile, String(count)));

/** Keeps the memory of a process that works for long where it is: V8 lets a heap grow as long as there is any left. */

/** V8 reads these as it goes: the young generation stays as it is, and the old one is collected when a little has come to it. */
const SPARING = ['--semi-space-growth-factor=1', '--optimize-for-size'];
/** With what the last of them implies. */
const USUAL = ['--semi-space-growth-factor=2', '--no-optimize-for-size', '--max-semi-space-size=0'];

/** Spares memory from here on. The result undoes it: what V8 has compiled is taken by the next run only under equal flags. */
export function spareMemory(): () => void {
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  for (const flag of SPARING) setFlagsFromString(flag);
  return () => {
    for (const flag of USUAL) setFlagsFromString(flag);
  };
}

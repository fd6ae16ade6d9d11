import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { beforeAll, expect, it } from 'vitest';
import { BINARY, cleanEnvironment, startBinary } from '../support/binary.ts';
import { temporaryFolder } from '../support/context.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SCRIPTS = join(ROOT, 'completions');
export const home = temporaryFolder();
const env: Record<string, string> = { ...cleanEnvironment(home), WORKTIME_PROFILE: 'sandbox' };

/** What a machine has on which the sandbox's names have been seen. */
export function prepare(): void {
  beforeAll(async () => {
    // On the PATH, a worktime that shows the words it was given; what shells ask in secret goes to the real one.
    const bin = join(home, 'bin');
    mkdirSync(bin);
    writeFileSync(
      join(bin, 'worktime'),
      `#!/bin/sh
if [ "$1" = __complete ]; then exec '${process.execPath}' '${BINARY}' "$@"; fi
for word; do printf '<%s>' "$word"; done; echo
`,
    );
    chmodSync(join(bin, 'worktime'), 0o755);
    env['PATH'] = `${bin}:${env['PATH']}`;
    for (const args of [
      ['employees', 'list'],
      ['locks', 'list'],
      ['config', 'set', 'alias.lock.gate=lock_789'],
    ]) {
      const { exitCode, stderr } = await startBinary(args, { env });
      expect(stderr).not.toContain('worktime:');
      expect(exitCode).toBe(0);
    }
  });
}

const has = async (shell: string) =>
  (await execa(shell, ['-c', 'true'], { reject: false, env })).exitCode === 0;
const shells = {
  bash: await has('bash'),
  zsh: await has('zsh'),
  fish: await has('fish'),
  pwsh: await has('pwsh'),
};

/** Runs a test where the shell is installed, else says why not. */
export function where(shell: keyof typeof shells, promise: string, test: () => Promise<void>): void {
  it(promise, async ({ skip }) => {
    if (!shells[shell]) skip(`${shell} is not installed here`);
    await test();
  });
}

export const TAB = '\t';
export const KILL_LINE = '\u0015';

/** Types lines into an interactive bash; gives all that it and the commands print. */
export async function typeInBash(...lines: readonly string[]): Promise<string> {
  const start = [`source '${SCRIPTS}/worktime.bash'`, 'bind "set bell-style none"', 'PS1='];
  const { all } = await execa('bash', ['--norc', '--noprofile', '-i'], {
    input: `${[...start, ...lines].join('\n')}\nexit\n`,
    all: true,
    reject: false,
    extendEnv: false,
    env: { ...env, TERM: 'dumb', COLUMNS: '120' },
    timeout: 20_000,
  });
  return all;
}
/** What a line has become when it is run. */
export const completedInBash = async (line: string) =>
  [...(await typeInBash(line)).matchAll(/^(<.*>)\r?$/gm)].map(([, run]) => run);

const ZSH_DRIVER = `
zmodload zsh/zpty
zpty -b z zsh -f -i
say() { zpty -w -n z "$1" }
await() { local seen; zpty -r z seen "*$1*"; print -r -- "$seen" }
say $'unsetopt prompt_sp; PS1=; stty columns 120; fpath=('$1$' $fpath); autoload -Uz compinit; compinit -u -D; LISTMAX=0; echo rea""dy\\n'
await ready
shift
while (( $# )); do say "$1"; await "$2"; shift 2; done
`;
/** Types what is given, each time until what is awaited has been seen. A wait in vain ends in the timeout. */
export async function typeInZsh(
  ...steps: readonly (readonly [input: string, awaited: string])[]
): Promise<string> {
  const { stdout, timedOut } = await execa(
    'zsh',
    ['-f', '-c', ZSH_DRIVER, 'driver', SCRIPTS, ...steps.flat()],
    {
      extendEnv: false,
      env: { ...env, TERM: 'dumb' },
      reject: false,
      timeout: 20_000,
    },
  );
  expect(timedOut, `seen so far: ${stdout}`).toBe(false);
  return stdout;
}
export const becomesInZsh = (line: string, words: string) => typeInZsh([line, ''], ['\n', words]);

/** What fish offers after a line. */
export async function offeredByFish(
  line: string,
  more: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const { stdout, stderr } = await execa(
    'fish',
    ['--no-config', '-c', `source '${SCRIPTS}/worktime.fish'; complete -C $argv[1]`, line],
    { extendEnv: false, env: { ...env, ...more }, timeout: 20_000 },
  );
  expect(stderr).toBe('');
  return stdout.split('\n').filter((each) => each !== '');
}

/** What PowerShell offers at the end of a line. */
export async function offeredByPowerShell(line: string): Promise<readonly string[]> {
  const ask = `Get-Content -Raw '${SCRIPTS}/worktime.ps1' | Invoke-Expression; (TabExpansion2 -inputScript '${line}' -cursorColumn ${line.length}).CompletionMatches | ForEach-Object { $_.CompletionText }`;
  const { stdout, stderr } = await execa('pwsh', ['-NoProfile', '-NonInteractive', '-Command', ask], {
    extendEnv: false,
    env: { ...env, POWERSHELL_TELEMETRY_OPTOUT: '1' },
    timeout: 30_000,
  });
  expect(stderr).toBe('');
  return stdout.split(/\r?\n/).filter((each) => each !== '');
}

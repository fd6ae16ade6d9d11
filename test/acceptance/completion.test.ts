import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { BINARY, cleanEnvironment, startBinary } from '../support/binary.ts';
import { temporaryFolder } from '../support/context.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SCRIPTS = join(ROOT, 'completions');
const home = temporaryFolder();
const env: Record<string, string> = { ...cleanEnvironment(home), WORKTIME_PROFILE: 'sandbox' };

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

const has = async (shell: string) =>
  (await execa(shell, ['-c', 'true'], { reject: false, env })).exitCode === 0;
const shells = {
  bash: await has('bash'),
  zsh: await has('zsh'),
  fish: await has('fish'),
  pwsh: await has('pwsh'),
};

/** Runs a test where the shell is installed, else says why not. */
function where(shell: keyof typeof shells, promise: string, test: () => Promise<void>): void {
  it(promise, async ({ skip }) => {
    if (!shells[shell]) skip(`${shell} is not installed here`);
    await test();
  });
}

const TAB = '\t';
const KILL_LINE = '\u0015';

describe('Tab in bash', () => {
  /** Types lines into an interactive bash; gives all that it and the commands print. */
  async function type(...lines: readonly string[]): Promise<string> {
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
  const completed = async (line: string) =>
    [...(await type(line)).matchAll(/^(<.*>)\r?$/gm)].map(([, run]) => run);

  where('bash', 'completes a command from its first letters', async () => {
    expect(await completed(`worktime emp${TAB}`)).toEqual(['<employees>']);
    expect(await completed(`worktime emp${TAB}li${TAB}`)).toEqual(['<employees><list>']);
    expect(await completed(`worktime help employees li${TAB}`)).toEqual(['<help><employees><list>']);
  });
  where('bash', 'completes a flag, wherever the others stand', async () => {
    expect(await completed(`worktime employees list --st${TAB}`)).toEqual(['<employees><list><--status>']);
    expect(await completed(`worktime --format js${TAB}employees li${TAB}--sta${TAB}`)).toEqual([
      '<--format><json><employees><list><--status>',
    ]);
  });
  where('bash', 'offers the values of a flag, after a space and after =', async () => {
    expect(await type(`worktime employees list --status ${TAB}${TAB}${KILL_LINE}`)).toMatch(
      /active +inactive/,
    );
    expect(await completed(`worktime employees list --status=in${TAB}`)).toEqual([
      '<employees><list><--status=inactive>',
    ]);
    expect(await completed(`worktime employees list --fields name,sal${TAB}`)).toEqual([
      '<employees><list><--fields><name,salary>',
    ]);
  });
  where('bash', 'offers IDs with their names, and inserts the ID alone', async () => {
    expect(await type(`worktime employees get ${TAB}${TAB}${TAB}${KILL_LINE}`)).toMatch(
      /emp_123456 +\(John Doe\)|Display all 42/,
    );
    expect(await completed(`worktime locks history lock_78${TAB}`)).toEqual(['<locks><history><lock_789>']);
    expect(await completed(`worktime employees get doe${TAB}`)).toEqual(['<employees><get><emp_123456>']);
    expect(await completed(`worktime employees list --department en${TAB}`)).toEqual([
      '<employees><list><--department><eng>',
    ]);
  });
  where('bash', 'completes a setting, then its value', async () => {
    expect(await completed(`worktime config set form${TAB}js${TAB}`)).toEqual([
      '<config><set><format><json>',
    ]);
    expect(await completed(`worktime config set format=nd${TAB}`)).toEqual(['<config><set><format=ndjson>']);
    expect(await completed(`worktime config get max${TAB}`)).toEqual(['<config><get><max-wait>']);
    expect(await completed(`worktime employees list --timezone Europe/Berl${TAB}`)).toEqual([
      '<employees><list><--timezone><Europe/Berlin>',
    ]);
  });
  where(
    'bash',
    'goes on with the name of an alias, without a space, and offers those that can be unset',
    async () => {
      expect(await completed(`worktime config set alias.dep${TAB}eng2=dept_e${TAB}`)).toEqual([
        '<config><set><alias.department.eng2=dept_eng>',
      ]);
      expect(await completed(`worktime config set ali${TAB}l${TAB}front lock_78${TAB}`)).toEqual([
        '<config><set><alias.lock.front><lock_789>',
      ]);
      expect(await completed(`worktime config unset alias.${TAB}`)).toEqual([
        '<config><unset><alias.lock.gate>',
      ]);
    },
  );
  where('bash', 'leaves files to the shell and everything else alone', async () => {
    writeFileSync(join(home, 'a file.json'), '');
    const [line] = await completed(`worktime employees create --data ${home}/a${TAB}`);
    expect(line).toBe(`<employees><create><--data><${home}/a file.json>`);
    expect(await completed(`worktime employees create --name Jo${TAB}`)).toEqual([
      '<employees><create><--name><Jo>',
    ]);
  });
});

describe('Tab in zsh', () => {
  const driver = `
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
  async function type(...steps: readonly (readonly [input: string, awaited: string])[]): Promise<string> {
    const { stdout, timedOut } = await execa(
      'zsh',
      ['-f', '-c', driver, 'driver', SCRIPTS, ...steps.flat()],
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
  const becomes = (line: string, words: string) => type([line, ''], ['\n', words]);

  where('zsh', 'completes a command and a flag from their first letters', async () => {
    await becomes(`worktime emp${TAB}`, '<employees>');
    await becomes(`worktime help employees li${TAB}`, '<help><employees><list>');
    await becomes(`worktime employees list --st${TAB}`, '<employees><list><--status');
    await becomes(`worktime --format js${TAB} employees list --sort sal${TAB}`, '<--sort><salary>');
  });
  where('zsh', 'completes a setting, then its value', async () => {
    await becomes(`worktime config set form${TAB}js${TAB}`, '<config><set><format><json>');
    await becomes(`worktime config set format=nd${TAB}`, '<config><set><format=ndjson>');
    await becomes(`worktime config unset max${TAB}`, '<config><unset><max-wait>');
  });
  where(
    'zsh',
    'goes on with the name of an alias, without a space, and offers those that can be unset',
    async () => {
      await becomes(
        `worktime config set alias.dep${TAB}eng2 dept_e${TAB}`,
        '<set><alias.department.eng2><dept_eng>',
      );
      await becomes(`worktime config set alias.l${TAB}x y`, '<config><set><alias.lock.x><y>');
      await becomes(`worktime config set alias.lock.g${TAB}x`, '<config><set><alias.lock.gate><x>');
      await becomes(`worktime config unset alias.${TAB}`, '<config><unset><alias.lock.gate>');
    },
  );
  where('zsh', 'offers the values of a flag, after a space and after =', async () => {
    await type([`worktime employees list --status ${TAB}`, 'active*inactive']);
    await becomes(`worktime employees list --status=in${TAB}`, '<--status=inactive>');
    await becomes(`worktime employees list --department=en${TAB}`, '<list><--department=eng>');
  });
  where('zsh', 'offers IDs with their names, and inserts the ID alone', async () => {
    await type([`worktime locks history ${TAB}${TAB}`, 'lock_789*-- Front Door']);
    await becomes(`worktime locks history lock_78${TAB}`, '<locks><history><lock_789>');
    await becomes(`worktime employees get doe${TAB}`, '<employees><get><emp_123456>');
    await becomes(`worktime employees list --department en${TAB}`, '<--department><eng>');
  });
});

describe('Tab in fish', () => {
  /** What fish offers after a line. */
  async function offered(line: string): Promise<readonly string[]> {
    const { stdout, stderr } = await execa(
      'fish',
      ['--no-config', '-c', `source '${SCRIPTS}/worktime.fish'; complete -C '${line}'`],
      { extendEnv: false, env, timeout: 20_000 },
    );
    expect(stderr).toBe('');
    return stdout.split('\n').filter((each) => each !== '');
  }

  where('fish', 'completes a command from its first letters', async () => {
    const [first, ...others] = await offered('worktime emp');
    expect(first).toMatch(/^employees\tList, show/);
    expect(others).toEqual([]);
    expect(await offered('worktime help employees li')).toEqual(['list']);
  });
  where('fish', 'completes a flag, wherever the others stand', async () => {
    expect(await offered('worktime employees list --st')).toEqual([
      '--status\tOnly employees of this status',
    ]);
    expect(await offered('worktime --format json employees --quiet li')).toEqual([
      expect.stringMatching(/^list\t/),
    ]);
  });
  where('fish', 'completes a setting, then its value', async () => {
    expect(await offered('worktime config set ')).toEqual([
      'format\tnot set',
      'timezone\tnot set',
      'max-wait\tnot set',
      'alias.lock.gate\tlock_789',
      'alias.employee.\ta short name for an employee',
      'alias.department.\ta short name for a department',
      'alias.lock.\ta short name for a lock',
    ]);
    expect(await offered('worktime config unset alias.')).toEqual(['alias.lock.gate\tlock_789']);
    expect(await offered('worktime config set format js')).toEqual(['json']);
    expect(await offered('worktime config set format=nd')).toEqual(['format=ndjson']);
  });
  where('fish', 'offers the values of a flag, after a space and after =', async () => {
    const values = await offered('worktime employees list --status ');
    expect(values.map((each) => each.split('\t')[0])).toEqual(['active', 'inactive']);
    expect(await offered('worktime employees list --status=in')).toEqual([
      expect.stringMatching(/^--status=inactive\b/),
    ]);
    expect(await offered('worktime employees list --fields name,sal')).toEqual([
      expect.stringMatching(/^name,salary\b/),
    ]);
  });
  where('fish', 'offers IDs with their names', async () => {
    expect(await offered('worktime employees get ')).toHaveLength(42);
    expect(await offered('worktime employees get emp_123456')).toEqual(['emp_123456\tJohn Doe']);
    expect(await offered('worktime employees delete emp_123457 emp_123456')).toEqual([
      'emp_123456\tJohn Doe',
    ]);
    expect(await offered('worktime locks history lock_78')).toEqual(['lock_789\tFront Door']);
  });
});

describe('Tab in PowerShell', () => {
  /** What it offers at the end of a line. */
  async function offered(line: string): Promise<readonly string[]> {
    const ask = `Get-Content -Raw '${SCRIPTS}/worktime.ps1' | Invoke-Expression; (TabExpansion2 -inputScript '${line}' -cursorColumn ${line.length}).CompletionMatches | ForEach-Object { $_.CompletionText }`;
    const { stdout, stderr } = await execa('pwsh', ['-NoProfile', '-NonInteractive', '-Command', ask], {
      extendEnv: false,
      env: { ...env, POWERSHELL_TELEMETRY_OPTOUT: '1' },
      timeout: 30_000,
    });
    expect(stderr).toBe('');
    return stdout.split(/\r?\n/).filter((each) => each !== '');
  }

  where('pwsh', 'completes commands, flags, values and IDs', async () => {
    expect(await offered('worktime emp')).toEqual(['employees']);
    expect(await offered('worktime employees list --st')).toEqual(['--status']);
    expect(await offered('worktime employees list --status ')).toEqual(['active', 'inactive']);
    expect(await offered('worktime employees list --status=in')).toEqual(['--status=inactive']);
    expect(await offered('worktime employees list --fields name,sal')).toEqual(['name,salary']);
    expect(await offered('worktime help employees li')).toEqual(['list']);
    expect(await offered('worktime locks history lock_78')).toEqual(['lock_789']);
    expect(await offered('worktime config set format js')).toEqual(['json']);
    expect(await offered('worktime config set alias.dep')).toEqual(['alias.department.']);
  });
});

import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { EXIT_MEANINGS } from '../../src/errors.ts';
import { ENVIRONMENT } from '../../src/reference/topics.ts';
import { BINARY, cleanEnvironment } from '../support/binary.ts';
import { temporaryFolder } from '../support/context.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

interface Block {
  readonly line: number;
  readonly script: string;
  readonly untested: string | undefined;
}

/** The shell scripts of the README, in its order. */
const blocks: Block[] = [...readme.matchAll(/(?:<!-- not run: (.*?) -->\n)?```sh\n([\s\S]*?)```/g)].map(
  ({ index, 1: untested, 2: script = '' }) => ({
    line: readme.slice(0, index).split('\n').length,
    script,
    untested,
  }),
);

/** A port that can be listened on: this one, or another where somebody on this machine has it. */
function usable(port: number): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(usable(0)) : reject(error),
    );
    server.listen(port, '127.0.0.1', () => {
      const address = server.address() as AddressInfo;
      server.close(() => resolve(address.port));
    });
  });
}

/** These are what runs this very test. */
const SET_UP = ['npm ci && npm run demo\n', 'npm ci && npm test\n'];

describe('the README', () => {
  it('shows exactly two commands to set up', () => {
    expect(blocks.slice(0, 2).map(({ script }) => script)).toEqual(SET_UP);
    expect(blocks.slice(2).filter(({ script }) => script.includes('npm ci'))).toEqual([]);
  });

  it('opens with what the command really prints', async () => {
    const screen = /```console\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
    const commands = screen.split('\n').filter((line) => line.startsWith('$ '));
    expect(commands.length).toBeGreaterThan(1);
    const env = { ...cleanEnvironment(), WORKTIME_PROFILE: 'sandbox' };
    const options = { env, extendEnv: false, cwd: temporaryFolder() };
    await execa(process.execPath, [BINARY, 'sandbox', 'reset', '--fixture', 'january-2024'], options);
    for (const [at, line] of commands.entries()) {
      const start = screen.indexOf(line) + line.length + 1;
      const next = commands[at + 1];
      const shown = screen.slice(start, next ? screen.indexOf(next) : undefined).trimEnd();
      const args = line.slice('$ worktime '.length).split(' ');
      const { stdout } = await execa(process.execPath, [BINARY, ...args], options);
      expect(stdout.replace(/ +$/gm, '').trimEnd(), line).toBe(shown);
    }
  });

  it('tells the exit codes and the environment as the source has them', () => {
    for (const [code, meaning] of EXIT_MEANINGS) expect(readme).toContain(`| ${code} | ${meaning} |`);
    for (const [name, meaning] of ENVIRONMENT) expect(readme).toContain(`| \`${name}\` | ${meaning} |`);
  });

  it.each([
    ['three failures that may pass', '5 7 5', 5, '60 120 '],
    ['a failure that will not pass', '5 4 0', 4, '60 '],
    ['a failure that passed', '7 0', 0, '60 '],
  ])('has a job for cron that ends as its last attempt did: %s', async (_, codes, exit, slept) => {
    const cwd = temporaryFolder();
    const shims = join(cwd, 'bin');
    mkdirSync(shims);
    // Each attempt ends with the next of the codes; a workbook of an earlier run lies there.
    const attempt = 'set -- $(cat codes); code=$1; shift; echo "$@" >codes; exit "$code"';
    const tools = { worktime: attempt, sleep: 'printf "%s " "$1" >>slept' };
    for (const [name, script] of Object.entries(tools)) {
      writeFileSync(join(shims, name), `#!/bin/bash\n${script}\n`, { mode: 0o755 });
    }
    writeFileSync(join(cwd, 'payroll_2024-10-01_2024-10-31.xlsx'), 'of an earlier run');
    const job = blocks.find(({ script }) => script.includes('for attempt'))?.script ?? '';
    for (const shell of [['sh'], ['bash', '-euo', 'pipefail']]) {
      writeFileSync(join(cwd, 'codes'), codes);
      writeFileSync(join(cwd, 'slept'), '');
      const [program = 'sh', ...flags] = shell;
      const result = await execa(program, [...flags, '-c', job], {
        cwd,
        env: { PATH: `${shims}:${process.env['PATH']}` },
        extendEnv: false,
        reject: false,
      });
      expect(result.exitCode, shell[0]).toBe(exit);
      expect(readFileSync(join(cwd, 'slept'), 'utf8')).toBe(slept);
    }
  });

  it('has commands that work, one after the other, as they are written', { timeout: 180_000 }, async () => {
    const home = temporaryFolder();
    const shims = join(home, 'bin');
    mkdirSync(shims);
    writeFileSync(join(shims, 'worktime'), `#!/bin/sh\nexec "${process.execPath}" "${BINARY}" "$@"\n`);
    chmodSync(join(shims, 'worktime'), 0o755);
    const cwd = join(home, 'work');
    mkdirSync(cwd);
    const env = {
      ...cleanEnvironment(home),
      PATH: `${shims}:${process.env['PATH']}`,
      WORKTIME_PROFILE: 'sandbox',
      CI: 'true',
    };
    const ports = await Promise.all([4010, 4242].map(async (port) => [port, await usable(port)] as const));
    for (const { line, script: written, untested } of blocks.slice(2)) {
      if (untested !== undefined) {
        console.log(`README line ${line} is not run: ${untested}`);
        continue;
      }
      const script = ports.reduce((text, [port, free]) => text.replaceAll(`${port}`, `${free}`), written);
      const result = await execa('bash', ['-euo', 'pipefail', '-c', script], {
        cwd,
        env,
        extendEnv: false,
        reject: false,
        all: true,
        timeout: 60_000,
        stdin: 'ignore',
      });
      expect(result.exitCode, `README line ${line}:\n${script}\n${result.all}`).toBe(0);
    }
  });
});

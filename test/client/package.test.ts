import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBinary } from '../support/binary.ts';
import { temporaryFolder } from '../support/context.ts';
import { envelope, httpServer, JOHN, json } from './support.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const installed = temporaryFolder('worktime-installed-');
const types = join(installed, 'dist', 'types');

/** The package as it is installed: the bundle from `dist/`, the types as the build emits them. */
beforeAll(async () => {
  for (const part of ['package.json', 'dist/lib']) {
    cpSync(join(root, part), join(installed, part), { recursive: true });
  }
  const project = join(root, '.config', 'tsconfig.types.json');
  await run(process.execPath, [compiler, '-p', project, '--outDir', types]);
  await run(process.execPath, [compiler, '-p', project, '--outDir', join(types, 'cjs')]);
  writeFileSync(join(types, 'cjs', 'package.json'), '{"type":"commonjs"}');
});

/** A project that has the package installed and nothing else. */
function project(files: Record<string, string>): string {
  const folder = temporaryFolder('worktime-consumer-');
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(installed, join(folder, 'node_modules', 'worktime-cli'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe('the built package', () => {
  it('can be imported and required, lists employees, and lets the process end at once', async () => {
    const server = await httpServer((_, response) =>
      json(response, 200, envelope([JOHN], { page: 1, limit: 50, total: 1 })),
    );
    const list = `const client = new WorkTime({ apiKey: 'k', baseUrl: '${server.origin}/v1' });
      client.employees.list({ limit: 10 }).then(
        ({ data }) => console.log(data[0].name),
      );`;
    const refuse = `try { new WorkTime('a b'); } catch (error) {
      console.log(error.name, error instanceof WorkTimeError, /at new (\\w+)/.exec(error.stack)[1]);
    }`;
    const folder = project({
      'esm.mjs': `import { WorkTime, WorkTimeError } from 'worktime-cli';\n${list}`,
      'cjs.cjs': `const { WorkTime, WorkTimeError } = require('worktime-cli');\n${list}`,
      'bad.mjs': `import { WorkTime, WorkTimeError } from 'worktime-cli';\n${refuse}`,
    });
    for (const [file, output] of [
      ['esm.mjs', 'John Doe\n'],
      ['cjs.cjs', 'John Doe\n'],
      // The names of errors and of the class survive the build.
      ['bad.mjs', 'AuthError true WorkTime\n'],
    ] as const) {
      const { stdout, stderr } = await run(process.execPath, [file], { cwd: folder });
      expect([file, stdout, stderr]).toEqual([file, output, '']);
    }
  });

  it('runs the program of the README, but for its key, on a served sandbox', async () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const [, program = ''] = /## As a library[\s\S]*?```js\n([\s\S]*?)```/.exec(readme) ?? [];
    expect(program).toContain("new WorkTime('YOUR_API_KEY')");
    const child = startBinary([
      'sandbox',
      'serve',
      '--port',
      '0',
      '--memory',
      '--clock',
      '2024-12-02T09:00:00Z',
      '--json',
    ]);
    const ready = await new Promise<string>((resolve) =>
      child.stdout?.once('data', (chunk) => resolve(String(chunk))),
    );
    const options = `{ apiKey: 'wt_sandbox_full', baseUrl: '${JSON.parse(ready).url}' }`;
    const check = 'console.log(data.length, pagination.total, report.employees.length > 0);';
    const folder = project({
      'program.mjs': `${program.replace("'YOUR_API_KEY'", options).replace('new Date().toISOString()', "'2024-12-02T09:00:00Z'")}\n${check}`,
    });
    const { stdout, stderr } = await run(process.execPath, ['program.mjs'], { cwd: folder });
    child.kill('SIGTERM');
    await child;
    expect(stdout).toMatch(/^John Doe\n[\s\S]*\n10 42 true\n$/);
    expect(stderr).toBe('404 not_found not found: There is no employee "emp_nobody"\n');
  });

  it('reads and writes over the transport of the README, compressed answers and empty ones too', async () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const [, transport = ''] = /```js\n(const transport = [\s\S]*?)```/.exec(readme) ?? [];
    expect(transport).toContain('fetch(');
    const server = await httpServer(({ method, path }, response) => {
      if (method === 'DELETE') return response.writeHead(204).end();
      if (path.endsWith('/moved')) return response.writeHead(302, { location: '/v1/employees/emp_1' }).end();
      const body = gzipSync(JSON.stringify(envelope(JOHN)));
      return response.writeHead(200, { 'content-encoding': 'gzip' }).end(body);
    });
    const folder = project({
      'program.mjs': `import { WorkTime } from 'worktime-cli';
        ${transport}
        const client = new WorkTime({ apiKey: 'k', baseUrl: '${server.origin}/v1', transport });
        console.log((await client.employees.get('emp_1')).name, await client.employees.delete('emp_1'));
        await client.employees.get('moved').catch((error) => console.log(error.code));`,
    });
    const { stdout, stderr } = await run(process.execPath, ['program.mjs'], { cwd: folder });
    expect([stdout, stderr]).toEqual(['John Doe {}\nredirect\n', '']);
  });

  it('is typed for ES modules and CommonJS without another package', async () => {
    const use = `
      const client = new WorkTime('KEY');
      const first: Promise<Employee | undefined> = client.employees.list({ limit: 10 }).then(({ data }) => data[0]);
      // @ts-expect-error
      const wrong: Promise<number> = client.employees.get('emp_1');
      const transport: Transport = async (request) => {
        const { status, headers, body } = await fetch(request.url, request);
        return { status, headers: Object.fromEntries(headers), body };
      };
      void [first, wrong, transport, webhooks.parse('{}').event];`;
    const head = `import { type Employee, type Transport, WorkTime, webhooks } from 'worktime-cli';`;
    const folder = project({
      'esm.mts': head + use,
      'cjs.cts': head + use,
      'tsconfig.json': JSON.stringify({
        compilerOptions: {
          module: 'node16',
          target: 'es2022',
          lib: ['es2023', 'dom', 'dom.iterable'],
          exactOptionalPropertyTypes: true,
          types: [],
          strict: true,
          noEmit: true,
        },
        files: ['esm.mts', 'cjs.cts'],
      }),
    });
    const { stdout } = await run(process.execPath, [compiler, '-p', folder]);
    expect(stdout).toBe('');
  });

  it('its types name no package at all', () => {
    const files = readdirSync(types, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.d.ts'),
    );
    const foreign = files.filter((file) =>
      /^(?!\s*\*).*(?:from|import\()\s*['"][^.'"]/m.test(readFileSync(join(types, file), 'utf8')),
    );
    expect(files.length).toBeGreaterThan(10);
    expect(foreign).toEqual([]);
  });
});

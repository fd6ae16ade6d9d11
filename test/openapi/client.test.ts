import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { generateApi } from 'swagger-typescript-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openapiDocument } from '../../src/openapi/index.ts';
import { type Server, serve } from '../../src/sandbox/serve.ts';
import { temporaryFolder, testContext } from '../support/context.ts';

interface Generated {
  // The surface that the generator gives to `/employees`, as far as this test uses it.
  readonly Api: new (options: {
    baseUrl: string;
    baseApiParams: { headers: Record<string, string>; format: 'json' };
  }) => {
    employees: {
      employeesList(query: { limit?: number; page?: number }): Promise<{
        data: { data: { id: string; name: string }[]; pagination: { total: number } };
      }>;
      employeesGet(id: string): Promise<{ data: { data: { name: string } } }>;
    };
  };
}

const folder = temporaryFolder();
let server: Server;

beforeAll(async () => {
  server = await serve({ context: testContext({ home: folder }), port: 0, directory: null });
});
afterAll(async () => {
  await server.close();
});

describe('a client that swagger-typescript-api generates from the document', () => {
  it('lists employees on the sandbox, typed', async () => {
    const { files } = await generateApi({
      spec: structuredClone(openapiDocument()) as never,
      output: false,
      silent: true,
      moduleNameFirstTag: true,
    });
    const source = files.map(({ fileContent }) => fileContent).join('\n');
    expect(source).toContain('export interface Employee');
    expect(source).toMatch(/status: "active" \| "inactive"/);

    const generated = join(folder, 'client.ts');
    writeFileSync(generated, source);
    const outfile = join(folder, 'client.mjs');
    await build({ entryPoints: [generated], outfile, bundle: true, format: 'esm', platform: 'node' });
    const { Api } = (await import(pathToFileURL(outfile).href)) as Generated;
    const client = new Api({
      baseUrl: server.url,
      baseApiParams: { headers: { authorization: 'Bearer wt_sandbox_read' }, format: 'json' },
    });

    const { data: page } = await client.employees.employeesList({ limit: 10 });
    expect(page.data).toHaveLength(10);
    expect(page.pagination.total).toBe(42);
    const { data: one } = await client.employees.employeesGet('emp_123456');
    expect(one.data.name).toBe('John Doe');
  }, 60_000);
});

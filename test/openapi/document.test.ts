import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileErrors, validate } from '@readme/openapi-parser';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { endpoints } from '../../src/api/index.ts';
import { WEBHOOK_EVENTS } from '../../src/api/webhooks.ts';
import { openapiDocument } from '../../src/openapi/index.ts';
import { temporaryFolder } from '../support/context.ts';
import { run } from '../support/run.ts';

// biome-ignore lint/suspicious/noExplicitAny: a document is walked freely
const fresh = (): any => structuredClone(openapiDocument());

describe('the OpenAPI document', () => {
  it('speaks of the API alone: no alias, flag or command of ours is a thing of its', () => {
    const { info: _, ...document } = openapiDocument() as { info: unknown };
    const text = JSON.stringify(document).replaceAll('worktime sandbox serve', '');
    expect(text).not.toMatch(/alias|--[a-z]|worktime [a-z]|-15m|\bnow,/);
  });

  it('is valid OpenAPI 3.1 to @seriousme/openapi-schema-validator, which finds a fault in a broken one', async () => {
    const validator = new Validator();
    expect(await validator.validate(fresh())).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');

    const broken = fresh();
    delete broken.paths['/employees'].get.responses;
    broken.paths['/employees'].get.parameters[0].in = 'nowhere';
    expect((await new Validator().validate(broken)).valid).toBe(false);
  });

  it('is valid OpenAPI 3.1 to @readme/openapi-parser, references included, which finds a broken one', async () => {
    const result = await validate(fresh());
    expect(result.valid ? '' : compileErrors(result)).toBe('');
    expect(result.warnings).toEqual([]);

    const broken = fresh();
    delete broken.components.schemas.Employee;
    await expect(validate(broken).then(({ valid }) => valid)).resolves.toBe(false);
  });

  it('comes as JSON alone', async () => {
    for (const format of ['csv', 'ndjson', 'excel']) {
      const { code, stdout } = await run(`openapi --format ${format}`);
      expect([format, code, stdout]).toEqual([format, 2, '']);
    }
    const set = { env: { WORKTIME_FORMAT: 'csv' } };
    expect((await run('openapi', set)).stderr).toContain('WORKTIME_FORMAT says csv\nNext: add --json\n');
    const { stdout } = await run('openapi --json', set);
    expect(JSON.parse(stdout).openapi).toMatch(/^3\.1/);
    const home = temporaryFolder();
    for (const ending of ['csv', 'xlsx', 'ndjson', 'json']) {
      const file = join(home, `oa.${ending}`);
      const { code, stderr } = await run(`openapi -o ${file}`);
      const good = ending === 'json';
      expect([ending, code, existsSync(file)]).toEqual([ending, good ? 0 : 2, good]);
      if (!good) expect(stderr).toContain(`Next: name it ${join(home, 'oa.json')}\n`);
    }
  });

  it('needs no configuration that can be read', async () => {
    const home = temporaryFolder();
    mkdirSync(join(home, 'config'), { mode: 0o700 });
    writeFileSync(join(home, 'config', 'config.json'), '{"profiles":', { mode: 0o600 });
    const { code, stdout } = await run('openapi', { home, env: {} });
    expect([code, JSON.parse(stdout).openapi]).toEqual([0, expect.stringMatching(/^3\.1/)]);
  });

  it('has an operation for every endpoint, with its scope, its refusals and what the rate limit leaves', () => {
    const document = fresh();
    for (const endpoint of endpoints) {
      const path = endpoint.path.replace(/:(\w+)/g, '{$1}');
      const operation = document.paths[path][endpoint.method.toLowerCase()];
      expect(operation.security, endpoint.id).toEqual([{ apiKey: [endpoint.scope] }]);
      expect(Object.keys(operation.responses), endpoint.id).toEqual(
        expect.arrayContaining([String(endpoint.status), '401', '403', '429', '500']),
      );
      expect(Object.keys(operation.responses[endpoint.status].headers)).toEqual([
        'X-RateLimit-Limit',
        'X-RateLimit-Remaining',
        'X-RateLimit-Reset',
      ]);
    }
    const operations = Object.values(document.paths).flatMap((path) => Object.keys(path as object));
    expect(operations).toHaveLength(endpoints.length);
  });

  it('describes the seven webhooks, as unsigned', () => {
    const { webhooks } = fresh();
    expect(Object.keys(webhooks)).toEqual([...WEBHOOK_EVENTS]);
    for (const { post } of Object.values(webhooks) as { post: { security: unknown } }[]) {
      expect(post.security).toEqual([]);
    }
  });

  it('is printed by worktime openapi, whole, as JSON, without a key', async () => {
    const { code, stdout } = await run('openapi', { env: {} });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(fresh());
  });

  it('can be asked about', async () => {
    const { stdout } = await run(['openapi', '--query', 'keys(components.schemas.Error.properties)']);
    expect(JSON.parse(stdout)).toEqual(['success', 'error']);
  });
});

/** A crowd to list, and scripts of a shell around the binary. */

import { execa } from 'execa';
import { BINARY } from '../support/binary.ts';
import { behaved, envelope, JOHN, json, type RunOptions, type World } from './world.ts';

const ROWS = Array.from({ length: 100 }, (_, at) => ({
  ...JOHN,
  id: `emp_${at}`,
  email: `p${at}@example.com`,
}));

/** People without end, so that a page is larger than any pipe. */
export const crowd = (world: World) =>
  world.serve(({ method, path, query, body }, response) => {
    if (method === 'POST')
      json(response, 201, envelope({ ...JOHN, ...JSON.parse(body || '{}'), id: 'emp_900' }));
    else if (path.endsWith('/employees')) {
      const page = Number(query['page'] ?? 1);
      json(response, 200, envelope(ROWS, { page, limit: 100, total: 100 }));
    } else
      json(response, 200, envelope(path.includes('/employees/') ? JOHN : { name: 'Acme', timezone: 'UTC' }));
  });

/** Runs a shell script in which "$worktime" is the binary. */
export async function shell(world: World, script: string, options: RunOptions = {}) {
  const env = { ...world.environment(options), node: process.execPath, worktime: BINARY };
  const { exitCode, stdout, stderr } = await execa('bash', ['-c', script], {
    env,
    extendEnv: false,
    cwd: world.home,
    reject: false,
    timeout: 60_000,
    stdin: 'ignore',
    stripFinalNewline: false,
  });
  const result = { code: exitCode ?? -1, stdout, stderr };
  behaved([script], result);
  return result;
}

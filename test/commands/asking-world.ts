import type { Transport } from '../../src/client/transport.ts';
import type { Prompts } from '../../src/context.ts';
import { START, type TestContextOptions } from '../support/context.ts';

export const TERMINAL: TestContextOptions = {
  stdinIsTTY: true,
  stdout: { columns: 80 },
  stderr: { columns: 80 },
};

/** Somebody who gives these answers in turn. What a question offered is noted beside it. */
export function person(...answers: readonly unknown[]) {
  const asked: string[] = [];
  const left = [...answers];
  const answer = async (message: string): Promise<never> => {
    asked.push(message);
    if (left.length === 0) throw new Error(`nobody expected to be asked: ${message}`);
    const next = left.shift();
    if (next instanceof Error) throw next;
    return next as never;
  };
  const prompts: Partial<Prompts> = {
    input: async ({ message, default: preset, validate }) => {
      const text = String(await answer(preset === undefined ? message : `${message} [${preset}]`)).trim();
      const fault = await validate?.(text);
      if (typeof fault === 'string') throw new Error(fault);
      return text;
    },
    confirm: ({ message }) => answer(message),
    select: ({ message, choices }) => answer(`${message}: ${choices.map(({ name }) => name).join(' | ')}`),
    search: async ({ message, source }) => {
      const offered = await source('doe', new AbortController().signal);
      return answer(`${message}: ${offered.map(({ name }) => name).join(' | ')}`);
    },
  };
  return { asked, options: { ...TERMINAL, prompts } };
}

export const DEPARTMENTS =
  'Department: none | Engineering (dept_eng, eng) | Finance (dept_fin, fin) | Human Resources (dept_hr, hr) | Marketing (dept_mkt, mkt) | Operations (dept_ops, ops) | another ID …';
export const LOOK_OVER = 'yes | change the answers | leave, and send nothing';
export const WHEN = 'When (such as 09:00, -15m) [now]';
export const LOCKS =
  'Lock: no lock | Back Door (lock_790) | Front Door (lock_789) | Garage (lock_793) | Warehouse (lock_791) | Workshop (lock_792) | another ID …';

/** The sandbox's answers, but for those that `change` makes. */
export function changed(change: (path: string) => object | Error | undefined): TestContextOptions {
  const transport: Transport = async ({ url }) => {
    const { pathname, search } = new URL(url);
    const data = change(`${pathname.replace('/v1', '')}${search}`) ?? {
      id: 'org_1',
      name: 'One',
      timezone: 'UTC',
    };
    if (data instanceof Error) throw data;
    return {
      status: 200,
      headers: { 'content-type': 'application/json', date: new Date(START).toUTCString() },
      body: (async function* () {
        yield Buffer.from(JSON.stringify({ success: true, data, ...('pagination' in data ? data : {}) }));
      })(),
    };
  };
  return { transport, env: { WORKTIME_API_KEY: 'wt_live_canary_0123456789' } };
}

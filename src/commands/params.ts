/** An endpoint's parameters as arguments and flags, and the other way round. */

import type { AnyEndpoint, Param } from '../api/types.ts';
import type { Argument, Input, Option, ValueKind } from '../command.ts';

const KINDS: Partial<Record<Param['kind'], ValueKind>> = {
  id: 'id',
  email: 'email',
  money: 'money',
  integer: 'integer',
  number: 'number',
  date: 'date',
  time: 'time',
};

const wordOf = (param: Param) => ({
  kind: param.values ? ('choice' as const) : (KINDS[param.kind] ?? ('string' as const)),
  // The API takes IDs alone: aliases and names are the command line's.
  description: `${param.description}${param.noun === undefined ? '' : param.noun === 'department' ? ', alias or name' : ' or alias'}${param.shorthand === undefined ? '' : `, ${param.shorthand}`}`,
  // What is written happened at a time: a day would be its midnight.
  ...(param.in === 'body' && param.kind === 'time' ? { moment: true } : {}),
  ...(param.placeholder === undefined ? {} : { placeholder: param.placeholder }),
  ...(param.values === undefined ? {} : { values: param.values }),
  ...(param.noun === undefined ? {} : { noun: param.noun }),
  ...(param.min === undefined ? {} : { min: param.min }),
  ...(param.max === undefined ? {} : { max: param.max }),
});

const entries = (endpoint: AnyEndpoint) => Object.entries(endpoint.params as Readonly<Record<string, Param>>);

/** A parameter's flag: its own, or its name with dashes; null where it has none. */
function flagOf(name: string, param: Param): string | null {
  return param.flag === undefined ? name.replaceAll('_', '-') : param.flag;
}

const keyOf = (flag: string) => flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The parameters in the path, as arguments. */
export function argumentsOf(endpoint: AnyEndpoint): readonly Argument[] {
  return entries(endpoint)
    .filter(([, param]) => param.in === 'path')
    .map(([name, param]) => ({ name, required: true, ...wordOf(param) }));
}

/** The parameters in the query and the body, as flags. */
export function flagsOf(endpoint: AnyEndpoint): readonly Option[] {
  const hasBody = entries(endpoint).some(([, param]) => param.in === 'body');
  const hasPeriod = hasFlag(endpoint, 'from') && hasFlag(endpoint, 'to');
  const flags: Option[] = entries(endpoint).flatMap(([name, param]) => {
    const flag = flagOf(name, param);
    if (param.in === 'path' || flag === null) return [];
    // A body may come whole from --data, and a period from --month: what is missing is found when they are joined.
    return [{ name: flag, ...wordOf(param), ...(flag === 'to' ? { edge: 'end' as const } : {}) }];
  });
  if (hasPeriod) {
    flags.push({
      name: 'month',
      kind: 'month',
      description: 'A whole month: --from and --to at once; also last-month, this-month',
      placeholder: 'YYYY-MM',
    });
  }
  if (hasBody) {
    flags.push({
      name: 'data',
      kind: 'file',
      placeholder: 'FILE',
      description: 'Take fields from a JSON object in a file, or - for standard input',
    });
  }
  return flags;
}

function hasFlag(endpoint: AnyEndpoint, flag: string): boolean {
  return entries(endpoint).some(([name, param]) => flagOf(name, param) === flag);
}

/** The flag of a parameter as a person types it. */
export function spelled(name: string, param: Param): string {
  const flag = flagOf(name, param);
  return param.in === 'path' || flag === null ? (param.placeholder ?? name) : `--${flag}`;
}

/** What the values of a command line say of an endpoint's parameters, under the API's names. */
export function valuesFor(endpoint: AnyEndpoint, input: Input): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, param] of entries(endpoint)) {
    const flag = flagOf(name, param);
    const value = param.in === 'path' ? input[name] : flag === null ? undefined : input[keyOf(flag)];
    if (value !== undefined) values[name] = value;
  }
  const month = input['month'] as { from: string; to: string } | undefined;
  if (month) Object.assign(values, { start_date: month.from, end_date: month.to });
  return values;
}

/** The parameters that are required and not there, as a person would type them. */
export function missing(endpoint: AnyEndpoint, values: Readonly<Record<string, unknown>>): readonly string[] {
  return entries(endpoint)
    .filter(([name, param]) => param.required && values[name] === undefined)
    .map(([name, param]) => spelled(name, param));
}

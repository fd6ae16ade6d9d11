/** `--query`: a JMESPath expression, and what may be wrong with it. */

import { UsageError } from '../errors.ts';

export type Query = (data: unknown) => unknown;

/** Where the syntax is explained, after a hint where the slip is a known one. */
const SEE = 'see https://jmespath.org for the syntax, or leave --query out to see the data';
const LITERALS =
  "a text takes single quotes, as in status=='active', a number backticks, as in salary>`5000`";

/** Compiles a JMESPath expression. @throws UsageError for a fault in it, and for one found as it runs. */
export async function compileQuery(expression: string): Promise<Query> {
  const { compile, TreeInterpreter } = await import('@jmespath-community/jmespath');
  const fault = (error: unknown) => {
    const words = error instanceof Error ? error.message : String(error);
    const literal = /JSON literal/.test(words);
    const compares = literal || /[=<>]=?\s*([\d\])]|$)/.test(expression);
    return new UsageError(`--query: ${literal ? 'what stands in backticks is not JSON' : words}`, {
      code: 'invalid_query',
      next: compares ? `${LITERALS}; ${SEE}` : SEE,
      cause: error,
    });
  };
  try {
    const tree = compile(expression);
    if (assigns(tree)) throw new Error('a single = compares nothing: write ==');
    return (data) => {
      try {
        return TreeInterpreter.search(tree, data as Parameters<typeof TreeInterpreter.search>[1]);
      } catch (error) {
        throw fault(error);
      }
    };
  } catch (error) {
    throw fault(error);
  }
}

/** Whether a name is bound outside a `let`: the parser takes `status=active` as a condition, and every row meets it. */
function assigns(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if (Array.isArray(node)) return node.some(assigns);
  const { type, bindings, ...rest } = node as { type?: unknown; bindings?: unknown };
  if (type === 'Binding') return true;
  const bound = Array.isArray(bindings) ? bindings.map(({ reference }) => reference) : bindings;
  return assigns(Object.values(rest)) || assigns(bound);
}

/** What a query that found nothing in a list may have meant: the two slips that are made most often. */
export function whyNothing(expression: string, result: unknown): string | undefined {
  if (/^[A-Za-z_][\w.]*($|\[|\s*\|)/.test(expression) && (result ?? null) === null)
    return '--query found nothing: the data is a list, of which [].NAME takes a field';
  const [, name] = /[=!<>]=?\s*("(?:[^"\\]|\\.)*")/.exec(expression) ?? [];
  if (name === undefined || !Array.isArray(result) || result.length > 0) return undefined;
  return `--query found nothing: ${name} in double quotes is a field, a text takes single ones: '${name.slice(1, -1)}'`;
}

/** `--query`: a JMESPath expression, and what may be wrong with it. */

import { UsageError } from '../errors.ts';
import { closest } from '../nearest.ts';

export interface Query {
  run(data: unknown): unknown;
  /** What was found may not be what was meant: in words, or undefined. `known` are fields that a row may have. */
  doubt(data: unknown, result: unknown, known: readonly string[]): string | undefined;
}

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
    return {
      run(data) {
        try {
          return TreeInterpreter.search(tree, data as Parameters<typeof TreeInterpreter.search>[1]);
        } catch (error) {
          throw fault(error);
        }
      },
      doubt(data, result, known) {
        const seen = seenIn(data, known);
        return slipIn(expression, tree, data, result, seen) ?? unknownField(tree, seen);
      },
    };
  } catch (error) {
    throw fault(error);
  }
}

/** A node of the parser's tree, as far as it is looked at here. */
interface Node {
  readonly type?: string;
  readonly name?: string;
  readonly value?: unknown;
  readonly left?: Node;
  readonly right?: Node;
  readonly condition?: Node;
}

/** The node, and all nodes below it. */
function* nodesOf(node: unknown): Generator<Node> {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) yield node;
  // What a literal holds is data.
  if ((node as Node).type === 'Literal') return;
  for (const child of Object.values(node)) yield* nodesOf(child);
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

const ORDER: readonly (string | undefined)[] = ['GT', 'GTE', 'LT', 'LTE'];

const isNumber = (text: string) => text.trim() !== '' && Number.isFinite(Number(text));

/** How a text is written that is compared with < or >: JMESPath orders numbers alone. */
function orderedBy(text: string): string {
  return isNumber(text)
    ? `write \`${Number(text)}\` in backticks`
    : "of a text, starts_with(NAME, '…') takes the beginning";
}

/** The slips that are made most often, where nothing was found. */
function slipIn(
  expression: string,
  tree: unknown,
  data: unknown,
  result: unknown,
  { keys }: Seen,
): string | undefined {
  if (Array.isArray(data) && (result ?? null) === null && /^[A-Za-z_][\w.]*($|\[|\s*\|)/.test(expression))
    return '--query found nothing: the data is a list, of which [].NAME takes a field';
  if (!Array.isArray(result) || result.length > 0) return undefined;
  const [, name] = /[=!<>]=?\s*("(?:[^"\\]|\\.)*")/.exec(expression) ?? [];
  const quoted = name?.slice(1, -1) ?? '';
  if (name !== undefined && !keys.has(quoted)) {
    const number = isNumber(quoted) ? `, a number backticks: \`${Number(quoted)}\`` : '';
    return `--query found nothing: ${name} in double quotes is a field, a text takes single ones: '${quoted}'${number}`;
  }
  for (const { type, name: order, left, right } of nodesOf(tree)) {
    if (type !== 'Comparator' || !ORDER.includes(order)) continue;
    const text = [left, right].find((side) => side?.type === 'Literal' && typeof side.value === 'string');
    if (text) return `--query found nothing: < and > compare numbers alone: ${orderedBy(String(text.value))}`;
  }
  return undefined;
}

const WORDS: readonly string[] = ['true', 'false'];
/** They make fields of what the data holds as values. */
const MAKERS: readonly (string | undefined)[] = ['from_items', 'group_by'];

/** Nodes whose right side looks into what the left one gives. */
const CHAINS: readonly (string | undefined)[] = [
  'Subexpression',
  'IndexExpression',
  'Projection',
  'FilterProjection',
  'ValueProjection',
  'Pipe',
];

/** A field that the expression names, and nothing in the data has. */
function unknownField(tree: unknown, { keys, filled }: Seen): string | undefined {
  const there = new Set(keys);
  const nodes = [...nodesOf(tree)];
  const isEmpty = ({ type, name = '' }: Node) => type === 'Field' && keys.has(name) && !filled.get(name);
  // What a field has below it that is empty everywhere cannot be told.
  const below = nodes.flatMap(({ type, left, right, condition }) =>
    CHAINS.includes(type) && [...nodesOf(left)].some(isEmpty)
      ? [...nodesOf(right), ...nodesOf(condition)]
      : [],
  );
  if (nodes.some(({ type, name }) => type === 'Function' && MAKERS.includes(name))) return undefined;
  // Where there is no such field it is null, as it should be.
  there.add('null');
  for (const { type, name, value } of nodes) {
    if (type === 'KeyValuePair' && name !== undefined) there.add(name);
    if (type === 'Literal') gather(value, { keys: there, filled: new Map() }, 0);
  }
  const { name } =
    nodes.find((each) => each.type === 'Field' && !there.has(each.name ?? '') && !below.includes(each)) ?? {};
  if (name === undefined) return undefined;
  if (WORDS.includes(name)) return `--query: ${name} is a field as it stands; write \`${name}\` in backticks`;
  const near = closest(name, [...there]);
  const compared = nodes.some(
    ({ type, left, right }) => type === 'Comparator' && [left?.name, right?.name].includes(name),
  );
  const next =
    near.length > 0
      ? `did you mean ${near.join(' or ')}?`
      : compared
        ? `a text takes single quotes: '${name}'`
        : 'leave --query out to see the data';
  return `--query: nothing here has a field "${name}"; ${next}`;
}

/** The fields of the data, declared ones among them, and whether any has something in it: nothing, an empty list or null has not. */
interface Seen {
  readonly keys: Set<string>;
  readonly filled: Map<string, boolean>;
}

function seenIn(data: unknown, known: readonly string[]): Seen {
  const seen: Seen = { keys: new Set(known.flatMap((path) => path.split('.'))), filled: new Map() };
  gather(data, seen, 0);
  return seen;
}

/** As deep as an answer goes. */
const DEEPEST = 8;

function gather(data: unknown, into: Seen, depth: number): void {
  if (typeof data !== 'object' || data === null || depth > DEEPEST) return;
  if (Array.isArray(data)) for (const each of data) gather(each, into, depth + 1);
  else {
    for (const [key, value] of Object.entries(data)) {
      into.keys.add(key);
      if (!into.filled.get(key)) into.filled.set(key, isFilled(value));
      gather(value, into, depth + 1);
    }
  }
}

function isFilled(value: unknown): boolean {
  if (typeof value !== 'object') return true;
  return value !== null && (Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0);
}

/** The composition root, and the only catch: whatever is thrown becomes a message and an exit code here. */

import type { Context } from './context.ts';
import { ClosedOutputError, describe, EXIT, InterruptedError } from './errors.ts';
import { createContext } from './host.ts';
import { version } from './version.ts';

/** Whether the words ask for JSON, known even where they cannot be read; undefined where they ask for no format. */
function asksForJson(argv: readonly string[]): boolean | undefined {
  if (argv.includes('--json')) return true;
  const at = argv.indexOf('--format');
  const format =
    at >= 0 ? argv[at + 1] : argv.find((word) => word.startsWith('--format='))?.slice('--format='.length);
  return format === undefined ? undefined : isJson(format.toLowerCase());
}

const isJson = (format: string | undefined) => format === 'json' || format === 'ndjson';

const wantsJsonErrors = ({ argv, env }: Context) => asksForJson(argv) ?? isJson(env['WORKTIME_FORMAT']);

/** Where the words want the output to go. */
function outputFlags(argv: readonly string[]): readonly string[] {
  return argv.filter((word, at) => {
    const [name] = word.split('=');
    return (
      name === '-o' ||
      name === '--output' ||
      name === '--force' ||
      /^(?:-o|--output)$/.test(argv[at - 1] ?? '')
    );
  });
}

async function showVersion(context: Context, json: boolean): Promise<void> {
  const text = json ? JSON.stringify({ version, ...context.runtime }) : version;
  await context.stdout.write(`${text}\n`);
}

async function runCommandLine(context: Context): Promise<number> {
  const { argv } = context;
  // The commonest question of all is answered without loading a parser.
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    await showVersion(context, false);
    return EXIT.ok;
  }
  context.keepCompiled?.();
  const { nouns } = await import('./commands/index.ts');
  // The next commonest needs no parser either.
  if (argv.length === 1 && (argv[0] === '--help' || argv[0] === '-h')) {
    const { helpText } = await import('./reference/help.ts');
    await context.stdout.write(await helpText([], nouns, context.stdout));
    return EXIT.ok;
  }
  const { readCommandLine } = await import('./cli/program.ts');
  let request = await readCommandLine(argv, nouns);
  // `COMMAND --help --json` is `help COMMAND --json` in other words.
  if (request.type === 'help' && request.asked && asksForJson(argv))
    request = await readCommandLine(['help', ...request.path, '--json', ...outputFlags(argv)], nouns);
  if (request.type === 'version') {
    await showVersion(context, request.json);
    return EXIT.ok;
  }
  if (request.type === 'help') {
    const { helpText } = await import('./reference/help.ts');
    const stream = request.asked ? context.stdout : context.stderr;
    await stream.write(await helpText(request.path, nouns, stream));
    return request.asked ? EXIT.ok : EXIT.usage;
  }
  const [{ execute }, { createReporter }] = await Promise.all([
    import('./cli/execute.ts'),
    import('./views/reporter.ts'),
  ]);
  await execute(request.words, context, (debug, quiet) => createReporter(context, { debug, quiet }));
  return EXIT.ok;
}

/** Runs a command line to its end and gives its exit code: all is written by then. Nothing is thrown. */
export async function main(context: Context = createContext()): Promise<number> {
  const code = await runToEnd(context);
  await Promise.all([context.stdout.write(''), context.stderr.write('')]).catch(() => undefined);
  return code;
}

async function runToEnd(context: Context): Promise<number> {
  try {
    return await runCommandLine(context);
  } catch (thrown) {
    if (thrown instanceof ClosedOutputError) return EXIT.ok;
    // Whatever an interrupted step throws, the interruption is what happened.
    const error = context.signal.aborted && !isGrave(thrown) ? context.signal.reason : thrown;
    try {
      const { printError } = await import('./views/errors.ts');
      await printError(error, wantsJsonErrors(context) ? 'json' : 'table', context, {
        debug: context.argv.includes('--debug'),
      });
    } catch {
      // Standard error is closed: the exit code is all that can still be said.
    }
    return describe(error).exit;
  }
}

/** An unknown outcome or partial work is said even where Ctrl-C came between. */
function isGrave(error: unknown): boolean {
  const { exit } = describe(error);
  return error instanceof InterruptedError || exit === EXIT.unknown || exit === EXIT.partial;
}

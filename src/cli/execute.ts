/** Runs one command: words to values, values to data, data to bytes. */

import type { AnyCommand, Input, OutputSpec } from '../command.ts';
import { noticeNames } from '../completion/notice.ts';
import { createSession } from '../compose.ts';
import { isOn, resolveSettings } from '../config/resolve.ts';
import type { Settings } from '../config/settings.ts';
import { warnOfSlips } from '../config/slips.ts';
import type { Context, OutputStream } from '../context.ts';
import { ClosedOutputError, describe, UsageError } from '../errors.ts';
import { formatOf } from '../formats.ts';
import { globalOptions } from '../reference/globals.ts';
import { optionKey, optionsOf } from '../reference/names.ts';
import type { Reporter, Session } from '../session.ts';
import { render } from '../views/index.ts';
import type { OutputOptions } from '../views/options.ts';
import { askOf, withAnswers } from './asking.ts';
import { departmentsFor } from './departments.ts';
import { checkEnding, checkName } from './format.ts';
import { checkRequired, defaultsOf, readInput } from './input.ts';
import type { Words } from './program.ts';
import { parseValue, type ValueContext } from './values.ts';

/** What `--dry-run` shows of a write. */
const REQUESTS: OutputSpec = {
  kind: 'record',
  name: 'requests',
  idField: 'url',
  columns: [
    { path: 'method', kind: 'text', priority: 1 },
    { path: 'url', kind: 'text', header: 'URL', priority: 1 },
    { path: 'body', kind: 'object', priority: 1 },
    { path: 'authorization', kind: 'text', priority: 3 },
  ],
};

/** Global flags mean the same before every command and need no zone, so they are read first. */
async function readGlobals(words: Words, context: Context): Promise<Input> {
  const values: Record<string, unknown> = {};
  const plain: ValueContext = {
    now: () => context.now(),
    timeZone: async () => 'UTC',
    resolveAlias: (_, value) => value,
  };
  const own = new Set((words.command.options ?? []).map(({ name }: { name: string }) => name));
  const shared = optionsOf(words.command).filter((option) => !own.has(option.name));
  for (const option of [...shared, ...globalOptions]) {
    const key = optionKey(option.name);
    const word = words.options[key];
    if (word === undefined || own.has(option.name)) continue;
    values[key] = typeof word === 'string' ? await parseValue(word, `--${option.name}`, option, plain) : word;
  }
  return values;
}

function readSort(text: string | undefined): OutputOptions['sort'] {
  if (text === undefined) return undefined;
  const [, path = '', direction] = /^(.*?)(?::(asc|desc))?$/s.exec(text) ?? [];
  if (path === '' || path.includes(':')) {
    const named = path.split(':')[0] || 'FIELD';
    throw new UsageError(`--sort: "${text}" is not a field`, {
      code: 'invalid_value',
      next: `write --sort ${named} or --sort ${named}:desc`,
    });
  }
  return { path, descending: direction === 'desc' };
}

function readFields(value: unknown): OutputOptions['fields'] {
  if (value === undefined || value === true) return value;
  const fields = String(value)
    .split(',')
    .map((field) => field.trim())
    .filter((field) => field !== '');
  return fields.length === 0 ? true : fields;
}

/** A write goes on when its reader has gone: what it did is worth more than what it says. */
function unhurried(stream: OutputStream): OutputStream {
  return {
    get isTTY() {
      return stream.isTTY;
    },
    get columns() {
      return stream.columns;
    },
    get rows() {
      return stream.rows;
    },
    get color() {
      return stream.color;
    },
    write: (chunk) =>
      stream.write(chunk).catch((error) => {
        if (!(error instanceof ClosedOutputError)) throw error;
      }),
  };
}

/** For a file name: the period, where a command has one. */
function suffixOf(input: Input): string | undefined {
  const month = input['month'] as { from?: string; to?: string } | undefined;
  const parts = [input['from'] ?? month?.from, input['to'] ?? month?.to].filter(
    (part) => typeof part === 'string',
  );
  return parts.length > 0 ? parts.join('_') : undefined;
}

/** A zone that cannot be had must not cost the answer that is there already: then it is UTC, and that is said. */
async function learnTimeZone(session: Session): Promise<string> {
  try {
    return await session.timeZone();
  } catch (error) {
    if (session.context.signal.aborted) throw error;
    session.report.note(
      `times are in UTC: the organization's zone is not known (${describe(error).message})`,
    );
    return 'UTC';
  }
}

function isWrite(command: AnyCommand): boolean {
  return command.effect === 'write' || command.effect === 'delete';
}

/** Runs the command that the words name, and renders what it yields. Throws what goes wrong. */
export async function execute(
  words: Words,
  context: Context,
  report: (debug: boolean, quiet: boolean) => Reporter,
): Promise<void> {
  const { command } = words;
  const flags = await readGlobals(words, context);
  const reporter = report(
    flags['debug'] === true || isOn(context.env['WORKTIME_DEBUG']),
    flags['quiet'] === true,
  );

  let settings: Settings | undefined;
  let broken: unknown;
  // Doctor, login and the like look at the environment themselves.
  if (command.effect !== 'local') warnOfSlips(context.env, (text) => reporter.warn(text));
  try {
    settings = resolveSettings(context, flags, reporter);
  } catch (error) {
    // A broken configuration must not stop the commands that help to mend it.
    if (command.effect !== 'local') throw error;
    broken = error;
  }
  const { session, end } = createSession(
    context,
    () => {
      if (!settings) throw broken;
      return settings;
    },
    reporter,
  );

  /** The file that the view writes: a command that writes its own gives it the form of its own. */
  const fileOf = (values: Input) =>
    command.ownsOutputFile?.({ ...values, output: flags['output'] }) === true
      ? undefined
      : ((flags['output'] as string | undefined) ?? command.outputFile?.(values));
  const checkFile = (values: Input) => {
    if (command.output.kind === 'text') return;
    // A command that writes its file itself makes one of its name as well.
    if (typeof flags['output'] === 'string') checkName(flags['output']);
    checkEnding(command, flags, values, fileOf(values), settings, (text) => reporter.warn(text));
  };
  // First of all: to understand a date the API may be asked for the zone.
  checkFile(words.options);
  const sort = readSort(flags['sort'] as string | undefined);
  const findIt: NonNullable<ValueContext['findIt']> = async (noun, text) =>
    (await import('../lookup.ts')).findIt(noun, text, flags, context.runtime.platform);
  const departments = departmentsFor(command, session, findIt);
  const read = await readInput(words, command.options ?? [], {
    now: () => context.now(),
    // What needs no API must not ask it for a zone either.
    timeZone: () => session.timeZone({ ask: command.effect !== 'local' }),
    resolveAlias: (noun, value) => session.resolveAlias(noun, value),
    departmentNamed: departments.later,
    warn: (text) => reporter.warn(text),
    findIt,
  });
  if (flags['output'] === undefined) checkFile(read);
  // Where the output goes elsewhere, a program is at the other end of it.
  const asks =
    command.ask !== undefined && settings !== undefined && session.interactive && context.stdout.isTTY;
  // Nobody is to answer questions beside a department that there is not.
  const typed = asks ? await departments.resolve(read) : read;
  const learned: Input = asks ? ((await askOf(command, session, typed)) ?? {}) : {};
  const given = { ...defaultsOf(command), ...typed };
  const input: Input = { ...given, ...learned };
  checkRequired(command, input);
  command.check?.(input);

  const dryRun = settings?.dryRun === true && isWrite(command);
  const output = command.outputFor?.(input) ?? command.output;
  const spec = dryRun ? (command.dryRunOutput ?? REQUESTS) : output;
  const file = fileOf(input);
  const quiet = flags['quiet'] === true;
  // IDs are lines unless they are asked for in another form here and now: a setting must not break a loop over them.
  let format = quiet
    ? (formatOf(flags, undefined, file) ?? 'table')
    : (formatOf(flags, settings, file) ?? command.format ?? 'table');
  // A default is for reports and lists: what helps, sets up or writes must not leave a workbook at each turn.
  if (format === 'excel' && command.effect !== 'read' && formatOf(flags, undefined, file) !== 'excel')
    format = 'table';
  const chunks =
    Object.keys(learned).length > 0
      ? withAnswers(session, command, { ...flags, ...given }, learned)
      : (async function* () {
          yield* command.run(session, { ...flags, ...(await departments.resolve(input)) });
        })();
  try {
    await render(
      noticeNames(chunks, command, settings, context),
      spec,
      {
        format,
        output: file,
        force: flags['force'] === true,
        fields: readFields(flags['fields']),
        // Only what changes nothing may be run to see which fields there are.
        peek: command.effect === 'read',
        writes: isWrite(command) && !dryRun,
        query: flags['query'] as string | undefined,
        sort,
        header: flags['header'] !== false,
        quiet,
        timeZone: settings ? await session.timeZone({ ask: false }) : 'UTC',
        learnTimeZone: settings && command.effect === 'read' ? () => learnTimeZone(session) : undefined,
        suffix: suffixOf(input),
        chart: flags['chart'] as OutputOptions['chart'],
      },
      isWrite(command) ? { ...context, stdout: unhurried(context.stdout) } : context,
      reporter,
    );
  } catch (error) {
    const { inWordsOf } = await import('./naming.ts');
    throw await inWordsOf(command, { ...flags, ...input }, error, context.runtime.platform);
  } finally {
    await end();
  }
}

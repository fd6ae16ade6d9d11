/** Whether the name of a file fits what will be in it. */

import type { AnyCommand, Input } from '../command.ts';
import type { Format, Settings } from '../config/settings.ts';
import { UsageError } from '../errors.ts';
import { ALSO_CALLED, endingOf, formatIn, formatOf, isForeign, renamed } from '../formats.ts';

const NAMES: Readonly<Record<Format, { readonly what: string; readonly ending: string }>> = {
  table: { what: 'a table', ending: 'txt' },
  json: { what: 'JSON', ending: 'json' },
  ndjson: { what: 'NDJSON', ending: 'ndjson' },
  csv: { what: 'CSV', ending: 'csv' },
  excel: { what: 'an Excel workbook', ending: 'xlsx' },
};

/** Endings that promise text and no more. */
const PLAIN = new Set(['txt', 'text', 'log', 'out', 'lst', 'tmp']);

/** What `-o` takes in other tools, and the format that it is here. */
const OF_OTHERS: Readonly<Record<string, Format | undefined>> = {
  table: 'table',
  json: 'json',
  ndjson: 'ndjson',
  csv: 'csv',
  excel: 'excel',
  ...ALSO_CALLED,
  wide: 'table',
  yaml: undefined,
  yml: undefined,
  tsv: undefined,
};

const mismatch = (message: string, next: string) =>
  new UsageError(message, { code: 'format_mismatch', next });

/** What was asked for in so many words, and the flag that did. */
function wantedOf(command: AnyCommand, flags: Input, values: Input) {
  const brought = command.brings?.(values);
  if (brought) return brought;
  const format = formatOf(flags, undefined);
  const flag = flags['json'] === true ? '--json' : `--format ${format}`;
  return format === undefined ? undefined : { flag, format };
}

/** `-o=staff.csv`, whose sign the parser takes for the first letter of the name, and `-o json`. @throws UsageError */
export function checkName(file: string): void {
  if (file.startsWith('=')) {
    throw new UsageError(`-o takes its file behind a space, and ${file} starts with =`, {
      code: 'bad_output_file',
      next: `write -o ${file.slice(1) || 'FILE'}, or ./${file} for a file of that name`,
    });
  }
  const word = file.toLowerCase();
  if (!Object.hasOwn(OF_OTHERS, word)) return;
  const format = OF_OTHERS[word];
  throw mismatch(
    `-o takes a file, and ${file} is the name of a format`,
    `${format === undefined ? 'choose one with --format' : `write --format ${format}`}, or ./${file} for a file of that name`,
  );
}

/**
 * Compares what flags and a file's name say. Text in a file of another name of text is odd: a warning, as where the name
 * says nothing that is known. A workbook that is named as text, text that is named as a workbook, and any name of a format
 * that is not made here are opened by nothing: UsageError.
 */
export function checkEnding(
  command: AnyCommand,
  flags: Input,
  values: Input,
  file: string | undefined,
  settings: Settings | undefined,
  warn: (text: string) => void,
): void {
  const wanted = wantedOf(command, flags, values);
  const quiet = flags['quiet'] === true;
  if (quiet && (wanted?.format ?? formatIn(file)) === 'excel') {
    throw mismatch(
      '--quiet prints IDs alone, and there is no workbook of them',
      'leave out --quiet, or take --format csv',
    );
  }
  if (quiet && file !== undefined && formatIn(file) === 'csv') {
    throw mismatch(
      `--quiet prints IDs alone, and ${file} is to be a table`,
      'leave out --quiet, or name it as text',
    );
  }
  if (file !== undefined) checkName(file);
  const ending = endingOf(file);
  if (file === undefined || ending === undefined) return;
  if (isForeign(file)) {
    const better = wanted ? NAMES[wanted.format].ending : 'xlsx';
    const others = wanted ? '' : '; .csv, .json, .ndjson and .txt are made too';
    throw mismatch(`.${ending} is no format to save ${file} in`, `name it ${renamed(file, better)}${others}`);
  }
  const named = formatIn(file);
  if (named === undefined) {
    if (wanted || quiet || settings?.format.value !== undefined || PLAIN.has(ending)) return;
    const usual = command.output.kind === 'raw' ? 'json' : 'table';
    const { what } = NAMES[command.format ?? usual];
    warn(
      `.${ending} says no format: ${file} will hold ${what}; --format, or .csv, .json, .ndjson or .xlsx, says another`,
    );
    return;
  }
  if (!wanted || named === wanted.format) return;
  const { flag, format } = wanted;
  const says = `${flag} makes ${NAMES[format].what}, and the name ${file} says ${NAMES[named].what}`;
  const better = renamed(file, NAMES[format].ending);
  if (named === 'excel' || format === 'excel')
    throw mismatch(says, `leave out ${flag}, or name it ${better}`);
  warn(`${says}; ${better} would say it`);
}

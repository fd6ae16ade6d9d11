/** Which format an output has: by flag, by the name of its file, by the settings. */

import type { Input } from '../command.ts';
import type { Format, Settings } from '../config/settings.ts';
import { UsageError } from '../errors.ts';

const ENDINGS: Readonly<Record<string, Format>> = {
  csv: 'csv',
  xlsx: 'excel',
  json: 'json',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
};

const NAMES: Readonly<Record<Format, { readonly what: string; readonly ending: string }>> = {
  table: { what: 'a table', ending: 'txt' },
  json: { what: 'JSON', ending: 'json' },
  ndjson: { what: 'NDJSON', ending: 'ndjson' },
  csv: { what: 'CSV', ending: 'csv' },
  excel: { what: 'an Excel workbook', ending: 'xlsx' },
};

const endingOf = (file: string) => /(?<=[^/\\]\.)[^./\\]+$/.exec(file)?.[0];

/** The format that a file's name says, where it says one. */
function formatIn(file: string | undefined): Format | undefined {
  const ending = file === undefined ? undefined : endingOf(file)?.toLowerCase();
  return ending !== undefined && Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined;
}

/** The format in force: the flags', else that of a named file's ending, else that of the settings. */
export function formatOf(flags: Input, settings: Settings | undefined, file?: string): Format | undefined {
  if (flags['json'] === true) {
    if (flags['format'] !== undefined && flags['format'] !== 'json') {
      throw new UsageError('--json and --format do not go together', {
        code: 'usage',
        next: 'give one of them',
      });
    }
    return 'json';
  }
  return (flags['format'] as Format | undefined) ?? formatIn(file) ?? settings?.format.value;
}

/**
 * Compares what a flag and a file's name say. Text in a file of another name of text is odd: a warning. A workbook that
 * is named as text, or text that is named as a workbook, is opened by nothing: UsageError.
 */
export function checkEnding(flags: Input, file: string | undefined, warn: (text: string) => void): void {
  const named = formatIn(file);
  const wanted = formatOf(flags, undefined);
  if (file === undefined || named === undefined || wanted === undefined || named === wanted) return;
  const flag = flags['json'] === true ? '--json' : `--format ${wanted}`;
  const says = `${flag} makes ${NAMES[wanted].what}, and the name ${file} says ${NAMES[named].what}`;
  const better = `${file.slice(0, -(endingOf(file)?.length ?? 0))}${NAMES[wanted].ending}`;
  if (named === 'excel' || wanted === 'excel') {
    throw new UsageError(says, { code: 'format_mismatch', next: `leave out ${flag}, or name it ${better}` });
  }
  warn(`${says}; ${better} would say it`);
}

/** Which format an output has: by flag, by the name of its file, by the settings; and which names are of other formats. */

import type { Input } from './command.ts';
import type { Format, Settings } from './config/settings.ts';
import { UsageError } from './errors.ts';

const ENDINGS: Readonly<Record<string, Format>> = {
  csv: 'csv',
  xlsx: 'excel',
  json: 'json',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
};

/** Formats by the names that other tools have for them. */
export const ALSO_CALLED: Readonly<Record<string, Format>> = {
  xlsx: 'excel',
  xls: 'excel',
  jsonl: 'ndjson',
  text: 'table',
};

/** Workbooks, documents, archives and pictures that are not made here: text of that name is opened by nothing. */
const FOREIGN = new Set(
  (
    'xls xlsm xlsb ods odt odp doc docx ppt pptx rtf pdf numbers pages parquet avro sqlite db mdb ' +
    'zip gz tgz bz2 xz zst 7z rar tar png jpg jpeg gif webp svg'
  ).split(' '),
);

/** The ending of a file's name, without its dot and in lower case; undefined where it has none. */
export const endingOf = (file: string | undefined): string | undefined =>
  file === undefined ? undefined : /(?<=[^/\\]\.)[^./\\]+$/.exec(file)?.[0].toLowerCase();

/** The same name with another ending. */
export const renamed = (file: string, ending: string): string =>
  `${file.slice(0, file.length - (endingOf(file)?.length ?? 0))}${ending}`;

/** The format that a file's name says, where it says one of ours. */
export function formatIn(file: string | undefined): Format | undefined {
  const ending = endingOf(file);
  return ending !== undefined && Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined;
}

/** Whether a file's name says a format that is not made here. */
export const isForeign = (file: string | undefined): boolean => FOREIGN.has(endingOf(file) ?? '');

/** The format in force: the flags', else that of a named file's ending, else that of the settings. Throws UsageError for flags that contradict each other. */
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

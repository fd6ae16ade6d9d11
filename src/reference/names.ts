import type { AnyCommand, Argument, Option } from '../command.ts';
import { dryRunOption, globalOptions, planOption, yesOption } from './globals.ts';

/** `start-date` as `startDate`, the name under which a command finds a flag's value. `no-x` sets `x`. */
export function optionKey(name: string): string {
  return name.replace(/^no-/, '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** `EMPLOYEE`, `[EMPLOYEE]`, `EMPLOYEE…` as a usage line shows it. */
export function argumentUsage(argument: Argument): string {
  const name = `${argument.placeholder ?? argument.name.toUpperCase()}${argument.variadic ? '…' : ''}`;
  return argument.required ? name : `[${name}]`;
}

/** What a flag's value is called in help: its placeholder, its few values, or its kind. */
export function optionPlaceholder(option: Option): string | undefined {
  if (!option.kind) return undefined;
  if (option.placeholder) return option.placeholder;
  if (option.values) return option.values.join('|');
  const names: Partial<Record<string, string>> = {
    integer: 'N',
    number: 'N',
    money: 'AMOUNT',
    duration: 'DUR',
    date: 'DATE',
    time: 'TIME',
    month: 'YYYY-MM',
    id: 'ID',
    file: 'FILE',
    url: 'URL',
    bytes: 'BYTES',
    email: 'EMAIL',
  };
  return names[option.kind] ?? option.name.toUpperCase();
}

/** `--chart`, where a command declares pictures of its rows. */
function chartOption(command: AnyCommand): readonly Option[] {
  const charts = command.output.charts ?? [];
  if (charts.length === 0) return [];
  const titles = charts.map(({ title }) => `${title[0]?.toLowerCase()}${title.slice(1)}`);
  return [
    {
      name: 'chart',
      kind: 'choice',
      values: charts.map(({ name }) => name),
      optionalValue: true,
      description: `Draw bars in the terminal: ${titles.join(', ')}`,
      group: 'Output',
    },
  ];
}

/** Every flag that a command takes: its own, those of its effect, and the ones all share. */
export function optionsOf(command: AnyCommand): readonly Option[] {
  const dryRun = command.dryRunOutput ? planOption : dryRunOption;
  const safety =
    command.effect === 'delete' ? [dryRun, yesOption] : command.effect === 'write' ? [dryRun] : [];
  const own = command.options ?? [];
  const named = new Set(own.map((option) => option.name));
  const shared = [...safety, ...chartOption(command), ...globalOptions];
  return [...own, ...shared.filter((option) => !named.has(option.name))];
}

import { confirm, input } from '@inquirer/prompts';
import type { Choice, Prompts } from '../context.ts';
import { InterruptedError } from '../errors.ts';
import { visible } from '../views/safe.ts';
import { list } from './prompt-list.ts';
import { secret } from './prompt-secret.ts';
import { type PromptTerminal, promptTerminal } from './prompt-terminal.ts';
import type { Beside } from './streams.ts';

/** How a prompt talks to the terminal: drawn on stderr, as stdout is for data alone. */
interface Terminal extends Omit<PromptTerminal, 'theme'> {
  readonly signal: AbortSignal;
}

/**
 * Questions on this process's terminal. Ctrl-C, Ctrl-D and a signal throw an InterruptedError; nothing is left drawn
 * half, and the terminal is as it was. `written` resolves once what was said before a question stands there; what is
 * said meanwhile comes `beside`, to stand above it.
 */
export function createPrompts(
  signal: AbortSignal,
  written: () => Promise<void> = async () => undefined,
  beside: Beside = {},
): Prompts {
  const ask = async <T>(
    start: (theme: PromptTerminal['theme'], terminal: Terminal) => Promise<T>,
  ): Promise<T> => {
    await written();
    const ended = new AbortController();
    const { theme, ...place } = promptTerminal(process.stdin, process.stderr, beside, () => ended.abort());
    try {
      return await start(theme, { ...place, signal: AbortSignal.any([signal, ended.signal]) });
    } catch (error) {
      throw translate(error, signal);
    }
  };

  const choose = <T>(message: string, choices: Choices<T>, preset?: T) =>
    ask(async (theme, terminal) => {
      const height = () => terminal.output.rows;
      return (await list({ message: visible(message), theme, choices, preset, height }, terminal)) as T;
    });

  return {
    // A blank at an end comes from copying: nobody sees it, so nobody could mend it.
    input: ({ message, default: preset, editable, validate }) =>
      ask(async (theme, terminal) => {
        const answer = await input(
          {
            message: visible(message),
            theme,
            ...(preset === undefined ? {} : { default: preset }),
            ...(editable ? { prefill: 'editable' as const } : {}),
            ...(validate ? { validate: (text: string) => validate(text.trim()) } : {}),
          },
          terminal,
        );
        return answer.trim();
      }),
    password: ({ message, validate }) =>
      ask((theme, terminal) => secret({ message: visible(message), theme, validate }, terminal)),
    confirm: ({ message, default: preset }) =>
      ask((theme, terminal) =>
        confirm({ message: visible(message), theme, default: preset ?? false }, terminal),
      ),
    select: <T>({ message, choices, default: preset }: SelectQuestion<T>) =>
      choose<T>(message, choices.map(safe), preset),
    search: <T>({ message, source }: SearchQuestion<T>) =>
      choose<T>(message, async (term, stale) => (await source(term, stale)).map(safe)),
  };
}

/** Names come from elsewhere, and a prompt would print them raw. */
const safe = <T>({ name, value }: Choice<T>): Choice<T> => ({ name: visible(name), value });

interface SelectQuestion<T> {
  readonly message: string;
  readonly choices: readonly Choice<T>[];
  readonly default?: T;
}

type Search<T> = (term: string, stale: AbortSignal) => Promise<readonly Choice<T>[]>;

interface SearchQuestion<T> {
  readonly message: string;
  readonly source: Search<T>;
}

type Choices<T> = readonly Choice<T>[] | Search<T>;

/** What the prompts library throws when it is left. */
const LEFT = new Set(['ExitPromptError', 'AbortPromptError', 'CancelPromptError']);

function translate(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  return error instanceof Error && LEFT.has(error.name) ? new InterruptedError('SIGINT') : error;
}

import { confirm, input, password, search, select } from '@inquirer/prompts';
import type { Choice, Prompts } from '../context.ts';
import { InterruptedError } from '../errors.ts';
import { visible } from '../views/safe.ts';

/** How a prompt talks to the terminal: drawn on stderr, as stdout is for data alone. */
interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly signal: AbortSignal;
}

/**
 * Questions on this process's terminal. Ctrl-C, Ctrl-D and a signal throw an InterruptedError; nothing is left drawn
 * half, and the terminal is as it was. `written` resolves once what was said before a question stands there.
 */
export function createPrompts(
  signal: AbortSignal,
  written: () => Promise<void> = async () => undefined,
): Prompts {
  const ask = async <T>(start: (terminal: Terminal) => Promise<T>): Promise<T> => {
    await written();
    const ended = new AbortController();
    let settled = false;
    // Ctrl-D closes the line editor, which pauses the input, without a word to the prompt: it would wait for ever.
    const onPause = () => {
      setImmediate(() => setImmediate(() => settled || ended.abort()));
    };
    process.stdin.on('pause', onPause);
    try {
      return await start({
        input: process.stdin,
        output: process.stderr,
        signal: AbortSignal.any([signal, ended.signal]),
      });
    } catch (error) {
      throw translate(error, signal);
    } finally {
      settled = true;
      process.stdin.removeListener('pause', onPause);
    }
  };

  return {
    input: ({ message, default: preset, editable, validate }) =>
      ask((terminal) =>
        input(
          {
            message: visible(message),
            ...(preset === undefined ? {} : { default: preset }),
            ...(editable ? { prefill: 'editable' as const } : {}),
            ...(validate ? { validate } : {}),
          },
          terminal,
        ),
      ),
    password: ({ message, validate }) =>
      ask((terminal) => password({ message: visible(message), ...(validate ? { validate } : {}) }, terminal)),
    confirm: ({ message, default: preset }) =>
      ask((terminal) => confirm({ message: visible(message), default: preset ?? false }, terminal)),
    select: <T>({
      message,
      choices,
      default: preset,
    }: {
      message: string;
      choices: readonly Choice<T>[];
      default?: T;
    }) =>
      ask((terminal) =>
        select<T>(
          {
            message: visible(message),
            choices: choices.map(safe),
            pageSize: PAGE,
            ...(preset === undefined ? {} : { default: preset }),
          },
          terminal,
        ),
      ),
    search: <T>({ message, source }: { message: string; source: SearchSource<T> }) =>
      ask((terminal) =>
        search<T>(
          {
            message: visible(message),
            pageSize: PAGE,
            source: async (term, { signal: stale }) => (await source(term, stale)).map(safe),
          },
          terminal,
        ),
      ),
  };
}

/** Choices that are seen at once. */
const PAGE = 10;

/** Names come from elsewhere, and a prompt would print them raw. */
const safe = <T>({ name, description, ...choice }: Choice<T>): Choice<T> => ({
  ...choice,
  name: visible(name),
  ...(description === undefined ? {} : { description: visible(description) }),
});

type SearchSource<T> = (term: string | undefined, signal: AbortSignal) => Promise<readonly Choice<T>[]>;

/** What the prompts library throws when it is left. */
const LEFT = new Set(['ExitPromptError', 'AbortPromptError', 'CancelPromptError']);

function translate(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  return error instanceof Error && LEFT.has(error.name) ? new InterruptedError('SIGINT') : error;
}

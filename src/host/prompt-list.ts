/** Asks for one of several, which are narrowed down as one types. */

import {
  createPrompt,
  isDownKey,
  isEnterKey,
  isUpKey,
  makeTheme,
  useEffect,
  useKeypress,
  usePagination,
  usePrefix,
  useState,
} from '@inquirer/core';
import type { Choice } from '../context.ts';
import { visible } from '../views/safe.ts';
import type { PromptTerminal } from './prompt-terminal.ts';

type Choices = readonly Choice<unknown>[];

interface ListQuestion {
  readonly message: string;
  readonly theme: PromptTerminal['theme'];
  /** Those of which the names that hold what is typed are shown; or how those that fit it are found. */
  readonly choices: Choices | ((term: string, stale: AbortSignal) => Promise<Choices>);
  /** The value that is marked at first. */
  readonly preset?: unknown;
  /** How many lines the terminal has. */
  readonly height: () => number;
}

interface Found {
  /** What was looked for. */
  readonly term: string;
  readonly choices: Choices;
  readonly fault?: string;
}

/** Choices that are seen at once, where the terminal has room for them beside the other lines. */
const PAGE = 10;
const OTHERS = 5;

/** Never takes a choice that was found for something else than what stands there: it would be another than the one meant. */
export const list = createPrompt<unknown, ListQuestion>((question, done) => {
  const { message, choices: all, preset, height } = question;
  const theme = makeTheme(question.theme);
  const [answer, setAnswer] = useState<Choice<unknown> | undefined>(undefined);
  const [term, setTerm] = useState('');
  const [looked, setLooked] = useState<Found | undefined>(undefined);
  const [moved, setMoved] = useState<{ readonly term: string; readonly to: number } | undefined>(undefined);
  const found = typeof all === 'function' ? looked : { term, choices: narrowed(all, term), fault: undefined };
  const current = found?.term === term;
  const status = answer ? 'done' : current ? 'idle' : 'loading';
  const prefix = usePrefix({ status, theme });
  const choices = found?.choices ?? [];
  const at = moved?.term === term ? moved.to : choices.findIndex(({ value }) => value === preset);
  const marked = Math.max(0, Math.min(at, choices.length - 1));

  useEffect(() => {
    const stale = new AbortController();
    const show = (result: Omit<Found, 'term'>) => {
      if (!stale.signal.aborted) setLooked({ term, ...result });
    };
    if (typeof all === 'function') {
      all(term, stale.signal).then(
        (fitting) => show({ choices: fitting }),
        (error: unknown) => show({ choices: [], fault: error instanceof Error ? error.message : `${error}` }),
      );
    }
    return () => stale.abort();
  }, [term]);

  useKeypress((key, editor) => {
    if (answer) return;
    const chosen = current ? choices[marked] : undefined;
    if (isEnterKey(key)) {
      // The line editor has forgotten what stood there.
      if (!chosen) return editor.write(term);
      setAnswer(chosen);
      return done(chosen.value);
    }
    if (!isUpKey(key) && !isDownKey(key)) return setTerm(editor.line);
    // The line editor goes through what was typed before.
    editor.clearLine(0);
    editor.write(term);
    const step = isUpKey(key) ? -1 : 1;
    if (current && choices.length > 0)
      setMoved({ term, to: (marked + step + choices.length) % choices.length });
  });

  const shown = theme.style.message(message, status);
  const pageSize = Math.max(1, Math.min(PAGE, height() - OTHERS));
  const page = usePagination({
    items: choices,
    active: marked,
    renderItem: ({ item, isActive }) =>
      isActive && current ? theme.style.highlight(`❯ ${item.name}`) : `  ${item.name}`,
    pageSize,
    loop: false,
  });
  if (answer) return `${prefix} ${shown} ${theme.style.answer(answer.name)}`;
  const empty = term === '' ? 'there is nothing to choose from' : 'nothing fits what was typed';
  const nothing = found ? theme.style.error(visible(found.fault ?? empty)) : '';
  const more = choices.length > pageSize ? ' (there are more)' : '';
  const keys = theme.style.help(`↑↓ to move${more} • type to narrow down • ⏎ to take`);
  return [`${prefix} ${shown} ${term}`, `${choices.length > 0 ? page : nothing}\n\n${keys}`];
});

function narrowed(choices: Choices, term: string): Choices {
  const part = term.trim().toLowerCase();
  return choices.filter(({ name }) => name.toLowerCase().includes(part));
}

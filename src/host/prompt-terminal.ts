/** What a prompt lacks at a terminal with a shell: to be put aside with Ctrl-Z and taken up again, and a window that changes. */

import { makeTheme, useEffect, useState } from '@inquirer/core';
import { PromptScreen } from './prompt-screen.ts';
import type { Beside } from './streams.ts';

/** ms in which a process that stops itself has stopped. */
const STOPPING = 50;
/** ms in which a job that was brought to the front hears of it twice. */
const SETTLING = 20;

/** One prompt's terminal. */
export interface PromptTerminal {
  readonly input: NodeJS.ReadStream;
  readonly output: PromptScreen;
  /** The prompt hears of the terminal through this. */
  readonly theme: { readonly style: { readonly message: (text: string, status: string) => string } };
}

/** The part of readline's interface that the prompts library does not type. */
type LineEditor = Parameters<Parameters<typeof useEffect>[0]>[0];

/**
 * Makes a prompt's terminal. `onClosed`: the input has ended, by Ctrl-D or for good, of which the library tells its
 * prompts nothing.
 */
export function promptTerminal(
  input: NodeJS.ReadStream,
  terminal: NodeJS.WriteStream,
  beside: Beside,
  onClosed: () => void,
): PromptTerminal {
  const output = new PromptScreen(terminal);
  const plain = makeTheme().style.message;
  let drawings = 0;
  // Every prompt styles its message at each drawing, so hooks may be used there as in the prompt itself.
  const message = (text: string, status: string): string => {
    const [, draw] = useState(0);
    useEffect((editor) => {
      const redraw = () => {
        drawings += 1;
        draw(drawings);
      };
      return attend(editor, { input, output, terminal, beside, redraw, onClosed });
    }, []);
    return plain(text, status);
  };
  return { input, output, theme: { style: { message } } };
}

interface Attending {
  readonly input: NodeJS.ReadStream;
  readonly output: PromptScreen;
  readonly terminal: NodeJS.WriteStream;
  readonly beside: Beside;
  readonly redraw: () => void;
  readonly onClosed: () => void;
}

/** Listens for what the prompt itself does not; gives back how that ends. */
function attend(
  editor: LineEditor,
  { input, output, terminal, beside, redraw, onClosed }: Attending,
): () => void {
  let suspended = false;
  let ended = false;
  let timer: NodeJS.Timeout | undefined;

  /** Shells and whoever else had the terminal leave it as they need it. */
  const makeRaw = () => {
    input.setRawMode(false);
    input.setRawMode(true);
  };
  const takeUp = () => {
    terminal.removeListener('resize', resized);
    // The window may have changed meanwhile: a job that is stopped is not told.
    process.emit('SIGWINCH', 'SIGWINCH');
    terminal.on('resize', resized);
    output.begin();
    redraw();
  };
  const continued = () => {
    suspended = false;
    // In the background this stops it again, until it is brought to the front: then it hears of that once more.
    makeRaw();
    clearTimeout(timer);
    timer = setTimeout(takeUp, SETTLING);
  };
  const notStopped = () => {
    if (!suspended) return;
    suspended = false;
    makeRaw();
    output.stay();
    redraw();
  };
  const suspend = () => {
    if (ended) return;
    suspended = true;
    output.leave();
    input.setRawMode(false);
    // To the whole job, as the terminal sends it where it is not raw.
    process.kill(0, 'SIGTSTP');
    // Without a shell that could bring it back it is not stopped. On waking, the timer may come before the signal.
    timer = setTimeout(() => {
      if (suspended) timer = setTimeout(notStopped, STOPPING);
    }, STOPPING);
  };
  const say = (text: string) => {
    // What is not a whole line is to be drawn over soon, such as a countdown.
    if (!text.endsWith('\n')) return;
    output.wipe();
    terminal.write(text);
    redraw();
  };
  const resized = () => {
    output.wipe();
    redraw();
  };

  // Node takes a text of several characters for one that is typed at the end, wherever the cursor is.
  Object.defineProperty(editor, 'isCompletionEnabled', { get: () => true, set: () => undefined });
  // The prompt hears of the key as well, and draws first.
  const onSuspend = () => void setImmediate(suspend);
  editor.on('SIGTSTP', onSuspend);
  editor.on('close', onClosed);
  process.on('SIGCONT', continued);
  beside.say = say;
  terminal.on('resize', resized);
  return () => {
    ended = true;
    beside.say = undefined;
    clearTimeout(timer);
    editor.removeListener('SIGTSTP', onSuspend);
    editor.removeListener('close', onClosed);
    process.removeListener('SIGCONT', continued);
    terminal.removeListener('resize', resized);
  };
}

/** Asks for a secret. Nothing of it is shown but its length, so that one sees that a paste has arrived. */

import {
  createPrompt,
  isEnterKey,
  makeTheme,
  useKeypress,
  usePrefix,
  useRef,
  useState,
} from '@inquirer/core';
import type { PromptTerminal } from './prompt-terminal.ts';

interface SecretQuestion {
  readonly message: string;
  readonly theme: PromptTerminal['theme'];
  readonly validate?: ((secret: string) => true | string) | undefined;
}

/** ms in which what follows a line end belongs to the same paste: nobody types that fast. */
const PASTING = 50;

export const secret = createPrompt<string, SecretQuestion>(({ message, validate, theme: own }, done) => {
  const theme = makeTheme(own);
  const [status, setStatus] = useState('idle');
  const [value, setValue] = useState('');
  const [fault, setFault] = useState('');
  const prefix = usePrefix({ status, theme });
  const more = useRef(false);

  useKeypress((key, editor) => {
    if (status === 'done') return;
    if (status === 'checking') {
      more.current ||= !isEnterKey(key);
      return;
    }
    if (!isEnterKey(key)) {
      setValue(editor.line);
      setFault('');
      return;
    }
    const refuse = (why: string) => {
      // What cannot be seen cannot be mended: it is typed anew.
      editor.clearLine(0);
      setValue('');
      setFault(why);
      setStatus('idle');
    };
    if (value === '') return refuse(asFault(validate?.('') ?? true));
    setStatus('checking');
    more.current = false;
    setTimeout(() => {
      const verdict = more.current ? 'these are several lines: paste the key alone' : validate?.(value);
      if (typeof verdict === 'string') return refuse(verdict);
      setStatus('done');
      done(value);
    }, PASTING);
  });

  const shown = theme.style.message(message, status);
  if (status === 'done') return `${prefix} ${shown}`;
  const count = value.length === 1 ? '1 character' : `${value.length} characters`;
  const hint = theme.style.help(value === '' ? '[hidden]' : `[hidden: ${count}]`);
  return [`${prefix} ${shown} ${hint}`, fault === '' ? '' : theme.style.error(fault)];
});

const asFault = (verdict: true | string): string => (verdict === true ? '' : verdict);

/** Addresses that a person left the scheme out of. */

import { DEFAULT_BASE_URL } from './url.ts';

/** Begins as an address of this machine does. */
const LOCAL = /^(localhost|127\.|\[::1\])/i;

/** `localhost:3000` is a URL of the scheme `localhost`: what is written without a scheme is told with one. */
export function wholeUrl(text: string): string {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
    ? text.replace(/^[^:]+/, 'https')
    : `${LOCAL.test(text) ? 'http' : 'https'}://${text}`;
  return URL.canParse(whole) ? whole : DEFAULT_BASE_URL;
}

/** Whether an address is whole: an HTTP one with its scheme. */
export const isWholeUrl = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text);

/** Text from elsewhere, made safe to look at. */

export { visible, visibleText } from '../visible.ts';

/** What JSON.stringify leaves raw although a terminal may obey or hide it. */
const RAW_IN_JSON =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]|\udb40[\udc00-\udc7f]/g;

/** JSON text in which such characters are `\uXXXX`: the same value, safe on a screen. */
export function safeJson(json: string): string {
  return json.replace(RAW_IN_JSON, (found) =>
    found
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

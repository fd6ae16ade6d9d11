/** Names of sheets: legal for Excel, and no two alike. */

import { visible } from '../safe.ts';

const MAX = 31;

/** Gives each wished name a legal one that it has not given before, whatever the case of its letters. */
export function sheetNames(): (wish: string) => string {
  const taken = new Set<string>();
  return (wish) => {
    const base =
      visible(wish)
        .replace(/[[\]:*?/\\]/g, ' ')
        // An apostrophe would end the quoted name in a formula.
        .replace(/'/g, '’')
        .replace(/\s+/g, ' ')
        .trim() || 'Sheet';
    const first = /^history$/i.test(base) ? `${base} sheet` : base;
    for (let count = 1; ; count += 1) {
      const suffix = count === 1 ? '' : ` (${count})`;
      const name =
        first
          .slice(0, MAX - suffix.length)
          .replace(/[\ud800-\udbff]$/, '')
          .trimEnd() + suffix;
      if (taken.has(name.toLowerCase())) continue;
      taken.add(name.toLowerCase());
      return name;
    }
  };
}

/** `A`, `Z`, `AA`: the letters of a column, from 1. */
export function letters(column: number): string {
  let text = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    text = String.fromCharCode(65 + ((rest - 1) % 26)) + text;
  }
  return text;
}

/** A range of one column on another sheet, as a formula names it. */
export function columnRange(sheet: string, column: number, first: number, last: number): string {
  const letter = letters(column);
  return `'${sheet}'!$${letter}$${first}:$${letter}$${last}`;
}

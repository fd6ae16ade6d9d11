/** What a table on a terminal leaves out, in words: what had no room by name, and how much more there is. */

/** `unfit`: columns that had no room. `aside`: how many are columns only where somebody asks for them. */
export function notShown(unfit: readonly string[], aside: number, room: number): string | undefined {
  if (unfit.length === 0) {
    if (aside === 0) return undefined;
    return `${aside} more ${aside === 1 ? 'field' : 'fields'} not shown here (--fields lists and picks them)`;
  }
  const names = unfit.join(', ');
  const text =
    aside === 0
      ? `not shown here: ${names} (--fields picks columns)`
      : `not shown here: ${names} and ${aside} more (--fields lists and picks them)`;
  if (text.length <= room) return text;
  return `${unfit.length + aside} columns not shown here (--fields lists and picks them)`;
}

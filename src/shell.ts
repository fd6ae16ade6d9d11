/** A word as a shell takes it whole: POSIX shells, or PowerShell on Windows. */
export function quoted(word: string, windows: boolean): string {
  if (/^[\w@%+=:,./-]+$/.test(word) && !(windows && word.includes('%'))) return word;
  // Every shell reads these alike.
  if (word.includes("'") && !/["$`\\!]|\p{Cc}/u.test(word)) return `"${word}"`;
  // PowerShell doubles a quote; POSIX shells leave the quotes for it.
  return windows ? `'${word.replaceAll("'", "''")}'` : `'${word.replaceAll("'", "'\\''")}'`;
}

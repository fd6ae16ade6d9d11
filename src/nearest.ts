/** What somebody may have meant who mistyped a word. */

/** How many letters must be added, dropped, changed or swapped to make one word of the other. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] && i > 1 && j > 1;
      next.push(swapped ? Math.min(least, (before[j - 2] ?? 0) + 1) : least);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Longer words than this are no slips. */
const LONGEST = 60;

/**
 * The candidates, in lower case, that are close to a word, best first, at most three: those that start with it, or else
 * those that differ in a letter of three or less.
 */
export function closest(word: string, candidates: readonly string[]): readonly string[] {
  const wanted = word.toLowerCase();
  if (wanted.length < 2 || wanted.length > LONGEST) return [];
  const starting = candidates.filter((candidate) => candidate.startsWith(wanted));
  if (starting.length > 0) return starting.slice(0, 3);
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  const near = candidates
    .map((candidate) => [candidate, distance(wanted, candidate)] as const)
    .filter(([, far]) => far <= allowed);
  const best = Math.min(...near.map(([, far]) => far));
  return near
    .filter(([, far]) => far === best)
    .map(([candidate]) => candidate)
    .slice(0, 3);
}

/** Letters alone, so that `departmentId` is `department_id`. */
const letters = (word: string) => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Whether a word can hardly be but another one misspelt: the same letters, or a typing error or two behind the first. */
export function isSlip(word: string, meant: string): boolean {
  const [a, b] = [letters(word), letters(meant)];
  if (a === b) return true;
  if (a[0] !== b[0] || a.length > LONGEST) return false;
  // Another word behind the same one is another name: `position_id`.
  if (a.startsWith(b)) return a.length - b.length === 1;
  return distance(a, b) <= (b.length > 5 ? 2 : 1);
}

/** The IDs that are close to one, best first, at most three. What all of them start with, such as `dept_`, says nothing. */
export function closestIds(id: string, ids: readonly string[]): string[] {
  const common = commonStart([...ids, id]);
  const byWord = new Map(ids.map((each) => [each.slice(common.length).toLowerCase(), each]));
  return closest(id.slice(common.length), [...byWord.keys()]).flatMap((word) => byWord.get(word) ?? []);
}

function commonStart(words: readonly string[]): string {
  const [first = '', ...rest] = words;
  let end = rest.length === 0 ? 0 : first.length;
  while (end > 0 && !rest.every((word) => word.startsWith(first.slice(0, end)))) end -= 1;
  return /^.*[_.-]/.exec(first.slice(0, end))?.[0] ?? '';
}

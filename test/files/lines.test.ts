import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesOf } from '../../src/files/lines.ts';

async function* chunked(parts: Iterable<string>): AsyncGenerator<string> {
  yield* parts;
}

async function all(parts: Iterable<string>): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of linesOf(chunked(parts), 'rows.ndjson')) lines.push(line);
  return lines;
}

test('the lines are those of the text, however it is cut into chunks', async () => {
  const parts = fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '\n', '\r'), maxLength: 6 }));
  await fc.assert(
    fc.asyncProperty(parts, async (chunks) => {
      const wanted = chunks.join('').split('\n');
      if (wanted.at(-1) === '') wanted.pop();
      expect(await all(chunks)).toEqual(wanted);
    }),
  );
});

test('a line without end is refused as soon as it is too long, and named', async () => {
  let given = 0;
  function* endless() {
    yield 'short\n';
    for (; ; given += 1) yield 'x'.repeat(65_536);
  }
  await expect(all(endless())).rejects.toMatchObject({
    code: 'line_too_long',
    exit: 2,
    message: expect.stringContaining('rows.ndjson line 2'),
  });
  expect(given).toBe(64);
});

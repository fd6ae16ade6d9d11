/** The data itself as one JSON document, however many pages it took. */

import { safeJson } from './safe.ts';
import type { Stage, Writer } from './view.ts';

/** Two-space indent on a terminal, compact elsewhere. Rows are streamed into an array; several answers become one too. */
export function open({ spec, sink }: Stage): Writer {
  const pretty = sink.isTTY;
  const [opening, between, closing] = pretty ? ['[\n  ', ',\n  ', '\n]\n'] : ['[', ',', ']\n'];
  const text = (value: unknown) => safeJson(JSON.stringify(value ?? null, null, pretty ? 2 : 0));
  const nested = (value: unknown) => (pretty ? text(value).replace(/\n/g, '\n  ') : text(value));
  const raw = spec.kind === 'raw';
  let written = 0;
  let array = false;
  let held: { readonly data: unknown } | undefined;

  const append = async (items: readonly unknown[], texts?: readonly string[]) => {
    array = true;
    if (items.length === 0) return;
    // A page is one stringify: its brackets are cut off and the pages joined.
    const compact = () => (texts ? safeJson(texts.join(',')) : text(items).slice(1, -1));
    const body = pretty ? items.map(nested).join(between) : compact();
    await sink.write((written === 0 ? opening : between) + body);
    written += items.length;
  };

  return {
    rows: ({ rows, texts }) => append(rows, texts),
    async data(answer) {
      if (raw) {
        await sink.write(`${text(answer.data)}\n`);
        written += 1;
        return;
      }
      // One answer is a document of its own; only the second shows that there are several.
      if (array) return append([answer.data]);
      if (held) {
        const first = held;
        held = undefined;
        return append([first.data, answer.data]);
      }
      held = answer;
    },
    async end() {
      if (held && !array) return sink.write(`${text(held.data)}\n`);
      if (array || (written === 0 && spec.kind === 'rows'))
        return sink.write(written === 0 ? '[]\n' : closing);
    },
  };
}

import type { Reporter } from '../../src/session.ts';

/** A reporter that keeps what it is told. */
export function memoryReporter(): { readonly reporter: Reporter; readonly lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    reporter: {
      note: (text) => lines.push(text),
      ready: (text) => lines.push(text),
      warn: (text) => lines.push(`warning: ${text}`),
      debug: () => undefined,
      status: () => undefined,
      progress: () => undefined,
      waiting: () => undefined,
    },
  };
}

/** Where the bytes go: standard output, or a file that appears only when it is whole. */

import { resolve } from 'node:path';
import type { Context } from '../context.ts';
import type { Reporter } from '../session.ts';
import type { OutputOptions } from './options.ts';

export interface Sink {
  /** A terminal: then texts are made safe and fitted. */
  readonly isTTY: boolean;
  /** 0: not a terminal, nothing is fitted. */
  readonly columns: number;
  readonly color: boolean;
  /** The file's path; undefined for standard output. */
  readonly path: string | undefined;
  write(chunk: string | Uint8Array): Promise<void>;
  /** Gives the file its name. */
  commit(): Promise<void>;
  abort(): Promise<void>;
}

/** A sink on standard output. What is transient on stderr is cleared first where both are terminals. */
export function outputSink(context: Context, report: Reporter): Sink {
  const { stdout, stderr } = context;
  const shared = stdout.isTTY && stderr.isTTY;
  return {
    isTTY: stdout.isTTY,
    columns: stdout.isTTY ? stdout.columns : 0,
    color: stdout.color,
    path: undefined,
    async write(chunk) {
      if (shared) {
        report.progress(undefined);
        // The two streams do not wait for each other: what is said, and what takes a status away, comes first.
        await stderr.write('').catch(() => undefined);
      }
      await stdout.write(chunk);
    },
    commit: async () => undefined,
    abort: async () => undefined,
  };
}

/** Bytes that are gathered before they are written to a file: a write for each page costs more than its bytes. */
const BATCH = 262_144;
/** Bytes that a UTF-16 unit may take in UTF-8. */
const WIDEST = 3;

/** A sink into a file beside its target. `live`: everything is written as it comes. @throws UsageError when it exists and may not be replaced; LocalError. */
export async function fileSink(path: string, context: Context, force: boolean, live = false): Promise<Sink> {
  const { createAtomicFile } = await import('../files/atomic.ts');
  const target = resolve(context.cwd, path);
  const file = await createAtomicFile(target, { force, signal: context.signal });
  // One buffer for all: texts that wait for others are pieces without number to the garbage collector.
  const buffer = Buffer.allocUnsafeSlow(BATCH);
  let used = 0;
  const flush = async () => {
    const bytes = buffer.subarray(0, used);
    used = 0;
    if (bytes.length > 0) await file.write(bytes);
  };
  return {
    isTTY: false,
    columns: 0,
    color: false,
    path,
    async write(chunk) {
      const fits = typeof chunk === 'string' && chunk.length * WIDEST <= BATCH;
      if (!fits || chunk.length * WIDEST > BATCH - used) await flush();
      if (!fits) return file.write(chunk);
      used += buffer.write(chunk, used);
      if (live) await flush();
    },
    async commit() {
      await flush();
      await file.commit();
    },
    abort: () => file.abort(),
  };
}

/** The sink that the options ask for. A workbook without `-o` gets a file named after what is in it. */
export async function openSink(
  options: OutputOptions,
  context: Context,
  report: Reporter,
  { workbook, live }: { readonly workbook: string | undefined; readonly live: boolean },
): Promise<Sink> {
  const output = options.output ?? workbook;
  if (output === undefined || output === '-') return outputSink(context, report);
  return fileSink(output, context, options.force, live);
}

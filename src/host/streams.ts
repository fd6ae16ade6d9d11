import { write as fsWrite, type Stats } from 'node:fs';
import type { InputStream, OutputStream } from '../context.ts';
import { ClosedOutputError } from '../errors.ts';
import { diskFault } from '../files/fault.ts';
import { inForeground } from './foreground.ts';

type Stat = (fd: number) => Stats;

const NAMES: Readonly<Record<number, string>> = { 1: 'standard output', 2: 'standard error' };

function writeSome(fd: number, bytes: Uint8Array, offset: number): Promise<number> {
  return new Promise((resolve, reject) => {
    fsWrite(fd, bytes, offset, bytes.length - offset, null, (error, written) => {
      if (!error) resolve(written);
      // A pipe that somebody else made non-blocking is full: its reader will come.
      else if (error.code === 'EAGAIN') setTimeout(resolve, 2, 0);
      else reject(error);
    });
  });
}

function explain(fd: number, error: NodeJS.ErrnoException): Error {
  if (error.code === 'EPIPE' || error.code === 'EBADF' || error.code === 'ECONNRESET') {
    return new ClosedOutputError(`${NAMES[fd]} was closed`);
  }
  return diskFault(error, 'write to', NAMES[fd] ?? '');
}

/** Of a terminal that does not tell its width, as over a serial line. */
const USUAL_WIDTH = 80;

/** A line that stands at the cursor until it is drawn over: a status, a bar. */
const STANDING = /^\r\u001b\[K[^\n]+$/;

/** Where a prompt is drawn on the same terminal: what is written beside it goes this way. */
export interface Beside {
  say?: ((text: string) => void) | undefined;
}

/**
 * A standard stream by its descriptor. Written without process.stdout, whose errors come late and from nowhere: here
 * every write is awaited and a full disk or a closed pipe is an exception at the place that wrote.
 */
export function createOutput(
  fd: number,
  wantsColor: (isTTY: boolean) => boolean,
  stat: Stat,
  beside: Beside = {},
): OutputStream {
  let terminal: NodeJS.WriteStream | undefined;
  let probed = false;
  // node:tty costs milliseconds, so a pipe or a file is told from a terminal by its type first.
  const tty = () => {
    if (!probed) {
      probed = true;
      try {
        if (stat(fd).isCharacterDevice()) {
          const stream = fd === 1 ? process.stdout : process.stderr;
          if (stream.isTTY) terminal = stream;
        }
      } catch {
        terminal = undefined;
      }
    }
    return terminal;
  };
  let queue: Promise<void> = Promise.resolve();
  let standing: string | undefined;
  let heeding = false;
  /** A job that is brought back finds the shell's words where its line stood, and was not told of a new width. */
  const heedContinue = () => {
    heeding = true;
    process.on('SIGCONT', () => {
      process.emit('SIGWINCH', 'SIGWINCH');
      if (standing !== undefined && !beside.say) void writeAll(Buffer.from(standing)).catch(() => undefined);
    });
  };
  const writeAll = async (bytes: Uint8Array) => {
    if (beside.say) return beside.say(Buffer.from(bytes).toString('utf8'));
    try {
      for (let offset = 0; offset < bytes.length; ) offset += await writeSome(fd, bytes, offset);
    } catch (error) {
      throw explain(fd, error as NodeJS.ErrnoException);
    }
  };
  return {
    get isTTY() {
      return tty() !== undefined;
    },
    get columns() {
      const terminal = tty();
      return terminal ? terminal.columns || USUAL_WIDTH : 0;
    },
    get rows() {
      return tty()?.rows ?? 0;
    },
    get color() {
      return wantsColor(tty() !== undefined);
    },
    write(chunk) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk;
      if (bytes.length === 0) return queue;
      standing = typeof chunk === 'string' && STANDING.test(chunk) ? chunk : undefined;
      if (standing !== undefined && !heeding) heedContinue();
      const turn = queue.then(() => writeAll(bytes));
      queue = turn.catch(() => undefined);
      return turn;
    },
  };
}

/** Standard input, opened only when it is read. */
export function createInput(): InputStream {
  return {
    get isTTY() {
      return process.stdin.isTTY === true;
    },
    isForeground: inForeground,
    async *bytes() {
      for await (const chunk of process.stdin) yield chunk as Uint8Array;
    },
  };
}

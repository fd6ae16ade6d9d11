/** The lines of a terminal that a prompt is drawn on: they can be drawn anew, below a shell's words or in another width. */

import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { widthOf } from '../views/width.ts';

const ESC = '\u001b[';
/** How the prompts library takes its last drawing away: down to its end, then line by line up. */
const TAKEN_AWAY = new RegExp(`^(?:${ESC}\\d+B)?(?:${ESC}2K(?:${ESC}1A)?)+${ESC}G`.replaceAll('[', '\\['));
/** How a drawing ends: up to the line that is typed in, and to the column there. */
const TO_CURSOR = new RegExp(`(?:${ESC}(\\d+)A)?${ESC}(\\d+)G$`.replaceAll('[', '\\['));

const up = (rows: number) => (rows > 0 ? `${ESC}${rows}A` : '');
const down = (rows: number) => (rows > 0 ? `${ESC}${rows}B` : '');

/** Where the cursor of a drawing is. */
interface Drawing {
  readonly rows: readonly string[];
  /** Of the cursor, from the top. */
  readonly row: number;
  readonly column: number;
}

/** A stream for one prompt, over the terminal's own, which stays open. */
export class PromptScreen extends Writable {
  readonly #terminal: NodeJS.WriteStream;
  #drawing: Drawing = { rows: [''], row: 0, column: 0 };
  /** Nothing of the last drawing is to be taken away by the next. */
  #fresh = false;

  constructor(terminal: NodeJS.WriteStream) {
    super({ decodeStrings: false });
    this.#terminal = terminal;
  }

  get isTTY(): boolean {
    return this.#terminal.isTTY;
  }

  get columns(): number {
    return this.#terminal.columns;
  }

  get rows(): number {
    return this.#terminal.rows;
  }

  override _write(chunk: unknown, _: BufferEncoding, done: () => void): void {
    const text = String(chunk);
    const drawn = text.replace(TAKEN_AWAY, '');
    const [moved, above = '0', column = '1'] = TO_CURSOR.exec(drawn) ?? [];
    if (moved === drawn) this.#drawing = { ...this.#drawing, column: Number(column) - 1 };
    else if (moved !== undefined) {
      const rows = stripVTControlCharacters(drawn).split('\n');
      this.#drawing = { rows, row: rows.length - 1 - Number(above), column: Number(column) - 1 };
    }
    this.#terminal.write(this.#fresh ? drawn : text);
    if (moved !== drawn) this.#fresh = false;
    done();
  }

  get #below(): number {
    return this.#drawing.rows.length - 1 - this.#drawing.row;
  }

  /** Leaves the terminal to somebody else, who goes on behind the drawing: some shells without a new line. */
  leave(): void {
    this.#terminal.write(`${down(this.#below)}${ESC}999C${ESC}?25h`);
  }

  /** Takes back that it was left: nobody wrote there. */
  stay(): void {
    this.#terminal.write(up(this.#below));
  }

  /** The next drawing begins where the cursor is. */
  begin(): void {
    this.#terminal.write('\r');
    this.#fresh = true;
  }

  /** Takes the drawing away as a terminal of another width shows it, which has broken its lines anew. */
  wipe(): void {
    const { rows, row, column } = this.#drawing;
    const width = Math.max(1, this.columns);
    const above = rows
      .slice(0, row)
      .reduce((sum, text) => sum + Math.max(1, Math.ceil(widthOf(text) / width)), 0);
    this.#terminal.write(`${up(above + Math.floor(column / width))}\r${ESC}J`);
    this.#fresh = true;
  }
}

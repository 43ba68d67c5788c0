import type { SourceLocation } from '../source-location.ts';
import type { Span } from './node.ts';

/** Turns offsets of one file into lines and columns. */
export class Lines {
  readonly file: string;
  readonly #starts: readonly number[];
  readonly #length: number;
  /** Places are asked for nearly in order, so the last line found is nearly always the right one or its neighbour. */
  #last = 0;

  constructor(file: string, text: string) {
    this.file = file;
    this.#length = text.length;
    const starts = [0];
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = starts;
  }

  /** The place of a span; offsets beyond the file are those of its end. */
  at(span: Span): SourceLocation {
    const start = Math.min(span.start, this.#length);
    const end = Math.max(start, Math.min(span.end, this.#length));
    const line = this.#lineOf(start);
    const endLine = this.#lineOf(end);
    return {
      file: this.file,
      line: line + 1,
      column: start - (this.#starts[line] ?? 0) + 1,
      endLine: endLine + 1,
      endColumn: end - (this.#starts[endLine] ?? 0) + 1,
    };
  }

  #lineOf(offset: number): number {
    const starts = this.#starts;
    let low = 0;
    let high = starts.length - 1;
    const near = this.#last;
    if ((starts[near] ?? 0) <= offset) {
      low = near;
      if ((starts[near + 8] ?? Number.POSITIVE_INFINITY) > offset) high = Math.min(high, near + 8);
    }
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    this.#last = low;
    return low;
  }
}

/** Thrown by the plain reader where the text needs the complete one. Not an error of the text. */
export class BeyondPlain extends Error {}

/** Where the plain reader stands. */
export interface Cursor {
  readonly text: string;
  at: number;
  /** Offset of the first character of the cursor's line. */
  lineStart: number;
  /** Moves to the first character of the next content, over blanks, comments and line breaks. */
  nextContent(): void;
  /** Ends a value: moves to the next line with content. */
  endValue(): void;
}

/** Whether a blank, a line break or the end of the text is at the offset. */
export function isBreak(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0x20 || code === 0x0a || code === 0x0d || at >= text.length;
}

/** Offset of the line break (LF, or CR before LF) or of the end of the text. */
export function endOfLine(text: string, at: number): number {
  const feed = text.indexOf('\n', at);
  if (feed === -1) return text.length;
  return feed > at && text.charCodeAt(feed - 1) === 0x0d ? feed - 1 : feed;
}

/** Characters that a plain scalar cannot start with; `-`, `?` and `:` may where no blank follows. */
const INDICATORS = /[!"#%&'*,>@[\]`{|}]/;

/** Throws unless a plain scalar can start at the offset. */
export function checkPlainStart(text: string, at: number): void {
  const first = text[at] ?? '';
  if (INDICATORS.test(first)) throw new BeyondPlain();
  if ((first === '-' || first === '?' || first === ':') && isBreak(text, at + 1)) throw new BeyondPlain();
}

/** Offset of the end of a plain key at the offset (`Key` of `Key: value`), or -1 when the line has none. */
export function plainKeyEnd(text: string, start: number): number {
  const first = text[start] ?? '';
  if (INDICATORS.test(first)) return -1;
  // The line alone, lest a search for what it lacks runs to the end of the file.
  const line = text.slice(start, endOfLine(text, start));
  for (let colon = line.indexOf(':'); colon !== -1; colon = line.indexOf(':', colon + 1)) {
    if (!isBreak(line, colon + 1)) continue;
    const key = line.slice(0, colon).trimEnd();
    if (key.includes(' #')) return -1;
    checkPlainStart(text, start);
    if (key.includes('\t')) throw new BeyondPlain();
    return start + key.length;
  }
  return -1;
}

/** Offset after the closing quote of a quoted scalar on one line. */
export function quotedEnd(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\n' || char === '\r') throw new BeyondPlain();
    if (quote === '"' && char === '\\') at += 1;
    else if (char === quote) {
      if (quote === "'" && text[at + 1] === "'") at += 1;
      else return at + 1;
    }
  }
  throw new BeyondPlain();
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
]);

/** The text of a scalar between two offsets, plain or quoted. */
export function unquote(text: string, start: number, end: number): string {
  const quote = text[start];
  if (quote === "'") return text.slice(start + 1, end - 1).replaceAll("''", "'");
  if (quote !== '"') return text.slice(start, end);
  const inner = text.slice(start + 1, end - 1);
  if (!inner.includes('\\')) return inner;
  return inner.replace(/\\(?:u([0-9A-Fa-f]{4})|(.))/gs, (_, hex: string | undefined, char: string) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    const escaped = ESCAPES.get(char);
    if (escaped === undefined) throw new BeyondPlain();
    return escaped;
  });
}

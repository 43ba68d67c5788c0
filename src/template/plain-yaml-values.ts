import { type Node, type NodeEntry, type ScalarNode, scalarNode } from './node.ts';
import { plainScalar } from './plain-scalar.ts';
import {
  BeyondPlain,
  type Cursor,
  checkPlainStart,
  endOfLine,
  isBreak,
  quotedEnd,
  unquote,
} from './plain-yaml-lexis.ts';
import { longForm } from './short-forms.ts';

/** A plain scalar at the cursor, folded over the lines below that are indented by more than `parent`. */
export function readPlain(cursor: Cursor, parent: number): ScalarNode {
  const { text } = cursor;
  const start = cursor.at;
  checkPlainStart(text, start);
  if (parent < 0) throw new BeyondPlain();
  let end = start;
  let value = '';
  for (;;) {
    const [lineEnd, comment] = plainLine(text, cursor.at);
    value += text.slice(cursor.at, lineEnd);
    end = lineEnd;
    cursor.at = endOfLine(text, lineEnd);
    const breaks = comment ? 0 : continuation(cursor, parent);
    if (breaks === 0) break;
    value += breaks === 1 ? ' ' : '\n'.repeat(breaks - 1);
  }
  cursor.nextContent();
  return { kind: 'scalar', ...plainScalar(value), start, end };
}

/** Offset of the end of the plain text on this line, and whether a comment ends it. */
function plainLine(text: string, start: number): [end: number, comment: boolean] {
  const whole = text.slice(start, endOfLine(text, start));
  const hash = whole.indexOf(' #');
  const line = (hash === -1 ? whole : whole.slice(0, hash)).trimEnd();
  for (let colon = line.indexOf(':'); colon !== -1; colon = line.indexOf(':', colon + 1)) {
    if (isBreak(line, colon + 1)) throw new BeyondPlain();
  }
  if (whole.includes('\t')) throw new BeyondPlain();
  return [start + line.length, hash !== -1];
}

/** Line breaks between the cursor and a line that continues the scalar, with the cursor moved there; else 0. */
function continuation(cursor: Cursor, parent: number): number {
  const { text } = cursor;
  let breaks = 0;
  let at = cursor.at;
  for (;;) {
    if (text[at] === '\r') at += 1;
    if (text[at] !== '\n') return 0;
    breaks += 1;
    const lineStart = at + 1;
    at = lineStart;
    while (text[at] === ' ') at += 1;
    if (at >= text.length) return 0;
    if (text[at] === '\t') throw new BeyondPlain();
    if (text[at] === '\n' || text[at] === '\r') continue;
    if (at - lineStart <= parent || text[at] === '#') return 0;
    if (text[at] === '-' && isBreak(text, at + 1)) throw new BeyondPlain();
    cursor.at = at;
    cursor.lineStart = lineStart;
    return breaks;
  }
}

/** A literal (`|`) or folded (`>`) scalar at the cursor. */
export function readBlockScalar(cursor: Cursor, parent: number): ScalarNode {
  const { text } = cursor;
  const start = cursor.at;
  const header = /[|>][-+]?(?= *(?: #[^\n]*)?\r?(?:\n|$))/y;
  header.lastIndex = start;
  const indicator = header.exec(text)?.[0];
  if (indicator === undefined || indicator.includes('+')) throw new BeyondPlain();
  const { lines, end } = blockLines(cursor, parent);
  while (lines.at(-1) === '') lines.pop();
  let value = indicator.startsWith('>') ? fold(lines) : lines.join('\n');
  if (indicator.length === 1 && lines.length > 0) value += '\n';
  cursor.nextContent();
  return scalarNode(value, { start, end: Math.max(end, start + indicator.length) });
}

/** The lines of a block scalar without their indentation; leaves the cursor behind them. */
function blockLines(cursor: Cursor, parent: number): { lines: string[]; end: number } {
  const { text } = cursor;
  const lines: string[] = [];
  let indent = -1;
  let end = cursor.at;
  let at = text.indexOf('\n', cursor.at) + 1;
  if (at === 0) at = text.length;
  let blank = 0;
  while (at < text.length) {
    const lineEnd = endOfLine(text, at);
    let content = at;
    while (content < lineEnd && text.charCodeAt(content) === 0x20) content += 1;
    const column = content - at;
    if (content < lineEnd && column < (indent === -1 ? parent + 1 : indent)) break;
    if (content < lineEnd && indent === -1) {
      // YAML refuses leading blank lines that are longer than the first line's indentation.
      if (blank > column || text[content] === '\t') throw new BeyondPlain();
      indent = column;
    }
    if (indent === -1) blank = Math.max(blank, column);
    lines.push(indent === -1 || column < indent ? '' : text.slice(at + indent, lineEnd));
    if (content < lineEnd) end = at + text.slice(at, lineEnd).trimEnd().length;
    const feed = text.indexOf('\n', at);
    at = feed === -1 ? text.length : feed + 1;
  }
  cursor.at = at;
  cursor.lineStart = at;
  return { lines, end };
}

function fold(lines: readonly string[]): string {
  let value = '';
  let breaks = -1;
  for (const line of lines) {
    // More indented lines keep their breaks by rules that the complete reader knows.
    if (line.startsWith(' ') || line.startsWith('\t')) throw new BeyondPlain();
    breaks += 1;
    if (line === '') continue;
    value += value === '' ? '\n'.repeat(breaks) : breaks === 1 ? ' ' : '\n'.repeat(breaks - 1);
    value += line;
    breaks = 0;
  }
  return value;
}

/** A flow list or map at the cursor; leaves the cursor right behind its bracket. */
export function readFlow(cursor: Cursor, depth: number): Node {
  if (depth <= 0) throw new BeyondPlain();
  const { text } = cursor;
  const start = cursor.at;
  const close = text[start] === '[' ? ']' : '}';
  const items: Node[] = [];
  const entries = new Map<string, NodeEntry>();
  cursor.at += 1;
  for (;;) {
    skip(cursor);
    if (text[cursor.at] === close) break;
    if (close === ']') items.push(flowValue(cursor, depth));
    else readFlowEntry(cursor, depth, entries);
    skip(cursor);
    if (text[cursor.at] === ',') cursor.at += 1;
    else if (text[cursor.at] !== close) throw new BeyondPlain();
  }
  cursor.at += 1;
  const span = { start, end: cursor.at };
  return close === ']' ? { kind: 'list', items, ...span } : { kind: 'map', entries, ...span };
}

/**
 * Indentation means nothing within brackets here, as it does in the YAML readers of AWS: templates that close a
 * bracket too far left do deploy, though the specification does not allow it.
 */
function skip(cursor: Cursor): void {
  cursor.nextContent();
  if (cursor.at >= cursor.text.length) throw new BeyondPlain();
}

function readFlowEntry(cursor: Cursor, depth: number, entries: Map<string, NodeEntry>): void {
  const { text } = cursor;
  const key = flowScalar(cursor);
  const span = { start: key.start, end: key.end };
  const name = key.scalar === 'string' ? key.text : text.slice(key.start, key.end);
  skip(cursor);
  if (text[cursor.at] !== ':' || !isBreak(text, cursor.at + 1) || entries.has(name) || name === '<<')
    throw new BeyondPlain();
  cursor.at += 1;
  skip(cursor);
  if (text[cursor.at] === ',' || text[cursor.at] === '}') throw new BeyondPlain();
  entries.set(name, { key: span, value: flowValue(cursor, depth) });
}

function flowValue(cursor: Cursor, depth: number): Node {
  const { text } = cursor;
  const first = text[cursor.at];
  if (first === '[' || first === '{') return readFlow(cursor, depth - 1);
  if (first !== '!') {
    const scalar = flowScalar(cursor);
    // `[a: b]` is a list of a map.
    if (text[cursor.at] === ':') throw new BeyondPlain();
    return scalar;
  }
  const name = /![A-Za-z0-9]+(?= )/y;
  name.lastIndex = cursor.at;
  const tag = name.exec(text)?.[0];
  if (tag === undefined) throw new BeyondPlain();
  const span = { start: cursor.at, end: cursor.at + tag.length };
  cursor.at = span.end;
  skip(cursor);
  if (text[cursor.at] === '!') throw new BeyondPlain();
  const node = longForm(tag.slice(1), span, flowValue(cursor, depth));
  if (node === undefined) throw new BeyondPlain();
  return node;
}

function flowScalar(cursor: Cursor): ScalarNode {
  const { text } = cursor;
  const start = cursor.at;
  if (text[start] === '"' || text[start] === "'") {
    cursor.at = quotedEnd(text, start);
    return scalarNode(unquote(text, start, cursor.at), { start, end: cursor.at });
  }
  checkPlainStart(text, start);
  let end = start;
  for (; end < text.length; end += 1) {
    const char = text[end] ?? '';
    if (',[]{}\n\r'.includes(char)) break;
    if (char === ':' && (isBreak(text, end + 1) || ',[]{}'.includes(text[end + 1] ?? ''))) break;
    if (char === '#' && text[end - 1] === ' ') break;
    if (char === '\t') throw new BeyondPlain();
  }
  // A plain scalar over several lines, or a bracket inside one: rare, and the complete reader knows the rules.
  if ('\n\r[{'.includes(text[end] ?? '\n') || end === start) throw new BeyondPlain();
  cursor.at = end;
  while (text[end - 1] === ' ') end -= 1;
  return { kind: 'scalar', ...plainScalar(text.slice(start, end)), start, end };
}

import {
  type ListNode,
  MAX_DEPTH,
  type MapNode,
  type Node,
  type NodeEntry,
  type ReadProblem,
  type ReadResult,
  type Span,
  scalarNode,
} from './node.ts';
import {
  BeyondPlain,
  type Cursor,
  endOfLine,
  isBreak,
  plainKeyEnd,
  quotedEnd,
  unquote,
} from './plain-yaml-lexis.ts';
import { readBlockScalar, readFlow, readPlain } from './plain-yaml-values.ts';
import { longForm } from './short-forms.ts';

/**
 * Reads the YAML that templates are written in: block maps and lists, flow collections, plain, quoted and block
 * scalars, short forms. Undefined for a text with anything else in it, be it an anchor or an error: then the complete
 * reader has the word. It exists because the complete one takes as long as all the rest of a run; a test holds
 * the two to the same result.
 */
export function readPlainYaml(text: string): ReadResult | undefined {
  // Breaks other than LF and CRLF, and characters that YAML refuses.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters meant
  if (/\r(?!\n)|[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff]/.test(text)) return undefined;
  const reader = new PlainReader(text);
  try {
    return { root: reader.document(), problems: reader.problems };
  } catch (error) {
    if (error instanceof BeyondPlain) return undefined;
    throw error;
  }
}

class PlainReader implements Cursor {
  readonly problems: ReadProblem[] = [];
  readonly text: string;
  at = 0;
  lineStart = 0;
  #depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  document(): Node {
    this.nextContent();
    if (this.text.startsWith('---', this.at) && isBreak(this.text, this.at + 3)) {
      this.at += 3;
      this.nextContent();
    }
    const root = this.#block(-1, false);
    if (root.kind !== 'map' || this.at < this.text.length) throw new BeyondPlain();
    return root;
  }

  /** INVARIANT: every reading method leaves the cursor on the first character of a line with content, or at the end. */
  nextContent(): void {
    const { text } = this;
    let at = this.at;
    for (;;) {
      while (text.charCodeAt(at) === 0x20) at += 1;
      const code = text.charCodeAt(at);
      if (
        code === 0x23 &&
        (at === 0 || text.charCodeAt(at - 1) === 0x20 || text.charCodeAt(at - 1) === 0x0a)
      ) {
        at = endOfLine(text, at);
      } else if (code === 0x0d) at += 1;
      else if (code !== 0x0a) break;
      if (at >= text.length) break;
      if (text.charCodeAt(at) === 0x0a) {
        at += 1;
        this.lineStart = at;
      }
    }
    this.at = at;
    if (at >= text.length) return;
    if (text[at] === '\t') throw new BeyondPlain();
    if (at === this.lineStart && /^(?:---|\.\.\.|%)/.test(text.slice(at, at + 3)) && at > 0)
      throw new BeyondPlain();
  }

  /** After a value on its line: only a comment may follow. */
  endValue(): void {
    const line = this.lineStart;
    this.nextContent();
    if (this.at < this.text.length && this.lineStart === line) throw new BeyondPlain();
  }

  get #column(): number {
    return this.at - this.lineStart;
  }

  /** The node that starts at the cursor, in a block of more than `parent` columns. */
  #block(parent: number, sameColumnList: boolean): Node {
    const column = this.#column;
    if (this.at >= this.text.length) throw new BeyondPlain();
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new BeyondPlain();
    let node: Node;
    if (this.#atDash()) {
      if (column < parent || (column === parent && !sameColumnList)) throw new BeyondPlain();
      node = this.#list(column);
    } else {
      if (column <= parent) throw new BeyondPlain();
      const key = this.#keyEnd();
      node = key === -1 ? this.#inline(parent, false) : this.#map(column, key);
    }
    this.#depth -= 1;
    return node;
  }

  #atDash(): boolean {
    return this.text.charCodeAt(this.at) === 0x2d && isBreak(this.text, this.at + 1);
  }

  /** Offset of the end of an implicit key at the cursor, or -1 when there is none on this line. */
  #keyEnd(): number {
    const first = this.text[this.at];
    if (first === '"' || first === "'") {
      const end = quotedEnd(this.text, this.at);
      let colon = end;
      while (this.text[colon] === ' ') colon += 1;
      return this.text[colon] === ':' && isBreak(this.text, colon + 1) ? end : -1;
    }
    return plainKeyEnd(this.text, this.at);
  }

  #map(column: number, firstKeyEnd: number): MapNode {
    const { text } = this;
    const entries = new Map<string, NodeEntry>();
    const start = this.at;
    let end = start;
    let keyEnd = firstKeyEnd;
    for (;;) {
      const key: Span = { start: this.at, end: keyEnd };
      const name = unquote(text, this.at, keyEnd);
      if (name === '<<') throw new BeyondPlain();
      this.at = text.indexOf(':', keyEnd) + 1;
      const value = this.#valueAfter(column, true, key);
      if (entries.has(name)) this.problems.push({ rule: 'duplicate-key', facts: { key: name }, span: key });
      else entries.set(name, { key, value });
      end = Math.max(end, key.end, value.end);
      if (this.at >= text.length || this.#column < column) break;
      keyEnd = this.#column === column && !this.#atDash() ? this.#keyEnd() : -1;
      if (keyEnd === -1) throw new BeyondPlain();
    }
    return { kind: 'map', entries, start, end };
  }

  #list(column: number): ListNode {
    const items: Node[] = [];
    const start = this.at;
    let end = start + 1;
    do {
      const dash: Span = { start: this.at, end: this.at + 1 };
      this.at += 1;
      const item = this.#valueAfter(column, false, dash);
      items.push(item);
      end = Math.max(end, item.end);
    } while (this.at < this.text.length && this.#column === column && this.#atDash());
    if (this.at < this.text.length && this.#column > column) throw new BeyondPlain();
    return { kind: 'list', items, start, end };
  }

  /** The value after `key:`, a dash or a tag: on the same line, or in the block below, or nothing. */
  #valueAfter(parent: number, inMap: boolean, before: Span): Node {
    const line = this.lineStart;
    const blank = this.text.charCodeAt(this.at) === 0x20;
    this.nextContent();
    if (this.at < this.text.length && this.lineStart === line) {
      if (!blank) throw new BeyondPlain();
      // Only in a list may a block start behind something on its line: `- Key: value`.
      return inMap || this.text[this.at] === '!' ? this.#inline(parent, inMap) : this.#block(parent, false);
    }
    const deeper = this.#column > parent || (inMap && this.#column === parent && this.#atDash());
    if (this.at >= this.text.length || !deeper) return scalarNode('', before, 'null');
    return this.#block(parent, inMap);
  }

  /** A value that starts at the cursor and is no block collection, or is one below its tag. */
  #inline(parent: number, inMap: boolean): Node {
    switch (this.text[this.at]) {
      case '!':
        return this.#tagged(parent, inMap);
      case '|':
      case '>':
        return readBlockScalar(this, parent);
      case '[':
      case '{': {
        const node = readFlow(this, MAX_DEPTH - this.#depth);
        this.endValue();
        return node;
      }
      case '"':
      case "'": {
        const start = this.at;
        this.at = quotedEnd(this.text, start);
        const node = scalarNode(unquote(this.text, start, this.at), { start, end: this.at });
        this.endValue();
        return node;
      }
      default:
        return readPlain(this, parent);
    }
  }

  #tagged(parent: number, inMap: boolean): Node {
    const start = this.at;
    const name = /![A-Za-z0-9]+(?=[ \r\n]|$)/y;
    name.lastIndex = start;
    const tag = name.exec(this.text)?.[0];
    if (tag === undefined) throw new BeyondPlain();
    this.at += tag.length;
    const span = { start, end: this.at };
    const line = this.lineStart;
    this.nextContent();
    let value: Node;
    if (this.at < this.text.length && this.lineStart === line) {
      if (this.text[this.at] === '!' || this.#atDash() || this.#keyEnd() !== -1) throw new BeyondPlain();
      value = this.#inline(parent, inMap);
    } else {
      const deeper = this.#column > parent || (inMap && this.#column === parent && this.#atDash());
      value =
        this.at < this.text.length && deeper ? this.#block(parent, inMap) : scalarNode('', span, 'null');
    }
    const node = longForm(tag.slice(1), span, value);
    if (node === undefined) throw new BeyondPlain();
    return node;
  }
}

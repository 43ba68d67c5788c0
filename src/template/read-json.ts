import {
  MAX_DEPTH,
  type MapNode,
  type Node,
  type NodeEntry,
  type ReadProblem,
  type ReadResult,
} from './node.ts';

/** Reads JSON with the place of every key and value. Stops at the first error, which it locates. */
export function readJson(text: string): ReadResult {
  const reader = new JsonReader(text);
  try {
    return { root: reader.document(), problems: reader.problems };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const span = { start: error.offset, end: Math.min(error.offset + 1, text.length) };
    const problem = { rule: error.rule, facts: { message: error.message }, span };
    return { problems: [...reader.problems, problem] };
  }
}

class JsonError extends Error {
  readonly offset: number;
  readonly rule: string;
  constructor(message: string, offset: number, rule = 'template-syntax') {
    super(message);
    this.offset = offset;
    this.rule = rule;
  }
}

const LITERALS = [
  { word: 'true', scalar: 'boolean', text: 'true' },
  { word: 'false', scalar: 'boolean', text: 'false' },
  { word: 'null', scalar: 'null', text: '' },
] as const;

class JsonReader {
  readonly problems: ReadProblem[] = [];
  readonly #text: string;
  #at = 0;
  #depth = 0;
  readonly #number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;

  constructor(text: string) {
    this.#text = text;
  }

  document(): Node {
    this.#space();
    const root = this.#value();
    this.#space();
    if (this.#at < this.#text.length) throw new JsonError('text after the end of the JSON value', this.#at);
    return root;
  }

  #space(): void {
    for (; ; this.#at += 1) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    }
  }

  #value(): Node {
    switch (this.#text[this.#at]) {
      case '{':
        return this.#nested(() => this.#map());
      case '[':
        return this.#nested(() => this.#list());
      case '"': {
        const start = this.#at;
        const text = this.#string();
        return { kind: 'scalar', text, scalar: 'string', start, end: this.#at };
      }
      default:
        return this.#bare();
    }
  }

  #nested(read: () => Node): Node {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH)
      throw new JsonError(`nested deeper than ${MAX_DEPTH} levels`, this.#at, 'template-too-deep');
    const node = read();
    this.#depth -= 1;
    return node;
  }

  #map(): MapNode {
    const start = this.#at;
    const entries = new Map<string, NodeEntry>();
    this.#at += 1;
    this.#space();
    if (this.#text[this.#at] === '}') return { kind: 'map', entries, start, end: ++this.#at };
    for (;;) {
      const keyStart = this.#at;
      if (this.#text[keyStart] !== '"') throw new JsonError('expected a key in double quotes', keyStart);
      const name = this.#string();
      const key = { start: keyStart, end: this.#at };
      this.#space();
      if (this.#text[this.#at] !== ':') throw new JsonError('expected `:` after the key', this.#at);
      this.#at += 1;
      this.#space();
      const value = this.#value();
      if (entries.has(name)) this.problems.push({ rule: 'duplicate-key', facts: { key: name }, span: key });
      else entries.set(name, { key, value });
      if (this.#separator('}')) return { kind: 'map', entries, start, end: this.#at };
    }
  }

  #list(): Node {
    const start = this.#at;
    const items: Node[] = [];
    this.#at += 1;
    this.#space();
    if (this.#text[this.#at] === ']') return { kind: 'list', items, start, end: ++this.#at };
    for (;;) {
      items.push(this.#value());
      if (this.#separator(']')) return { kind: 'list', items, start, end: this.#at };
    }
  }

  /** Reads the comma or the closing bracket after an element; true for the bracket. */
  #separator(close: string): boolean {
    this.#space();
    const found = this.#text[this.#at];
    if (found !== ',' && found !== close) throw new JsonError(`expected \`,\` or \`${close}\``, this.#at);
    this.#at += 1;
    if (found === close) return true;
    this.#space();
    return false;
  }

  #string(): string {
    const start = this.#at;
    let escaped = false;
    for (let at = start + 1; at < this.#text.length; at += 1) {
      const code = this.#text.charCodeAt(at);
      if (code === 0x22) {
        this.#at = at + 1;
        return escaped ? this.#unescape(start) : this.#text.slice(start + 1, at);
      }
      if (code === 0x5c) {
        escaped = true;
        at += 1;
      } else if (code < 0x20) {
        throw new JsonError('a control character in a string; write it as an escape', at);
      }
    }
    throw new JsonError('the string has no closing quote', start);
  }

  #unescape(start: number): string {
    try {
      return String(JSON.parse(this.#text.slice(start, this.#at)));
    } catch {
      throw new JsonError('the string has an escape that JSON does not know', start);
    }
  }

  #bare(): Node {
    const start = this.#at;
    for (const { word, scalar, text } of LITERALS) {
      if (!this.#text.startsWith(word, start)) continue;
      this.#at += word.length;
      return { kind: 'scalar', text, scalar, start, end: this.#at };
    }
    this.#number.lastIndex = start;
    const number = this.#number.exec(this.#text)?.[0];
    if (number === undefined) throw new JsonError('expected a JSON value', start);
    this.#at += number.length;
    return { kind: 'scalar', text: number, scalar: 'number', start, end: this.#at };
  }
}

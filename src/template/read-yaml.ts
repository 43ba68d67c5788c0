import type { CST, Document, YAMLMap, YAMLSeq, Node as YamlNode } from 'yaml';
import {
  MAX_DEPTH,
  type Node,
  type NodeEntry,
  type ReadProblem,
  type ReadResult,
  type Span,
} from './node.ts';
import { plainScalar } from './plain-scalar.ts';
import { longForm } from './short-forms.ts';

type Yaml = typeof import('yaml');

/** More errors than this say nothing new about a file that is not YAML. */
const MAX_ERRORS = 5;

/**
 * Reads any YAML: anchors, merges, directives and all. The package is loaded here and not at the top, because the
 * plain reader does without it for nearly every template and loading it costs as much as a whole run.
 */
export async function readYaml(text: string): Promise<ReadResult> {
  // Node names the exports of the CommonJS package; a bundle has them on the default export alone.
  const loaded: Yaml & { readonly default?: Yaml } = await import('yaml');
  const yaml = loaded.default ?? loaded;
  const problems: ReadProblem[] = [];
  try {
    const root = rootOf(yaml, text, problems);
    return root === undefined ? { problems } : { root, problems };
  } catch (error) {
    // The package recurses, and on input made for it runs out of stack or fails otherwise: a property of the input.
    const message = error instanceof RangeError ? 'nested too deeply to be read' : String(error);
    return {
      problems: [...problems, { rule: 'template-syntax', facts: { message }, span: { start: 0, end: 0 } }],
    };
  }
}

function rootOf(yaml: Yaml, text: string, problems: ReadProblem[]): Node | undefined {
  const document = compose(yaml, text, problems);
  for (const { pos, message } of document?.errors.slice(0, MAX_ERRORS) ?? []) {
    problems.push({ rule: 'template-syntax', facts: { message }, span: { start: pos[0], end: pos[1] } });
  }
  if (!document?.contents) return undefined;
  return new Converter(yaml, text, problems).node(document.contents, 0);
}

/** The first document. The stack of the parser shows the depth before anything recurses over it. */
function compose(yaml: Yaml, text: string, problems: ReadProblem[]): Document.Parsed | undefined {
  const parser = new yaml.Parser();
  const tokens: CST.Token[] = [];
  let offset = 0;
  for (const lexeme of new yaml.Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    offset += lexeme.length;
    if (parser.stack.length > MAX_DEPTH * 2) {
      const span = { start: Math.min(offset, text.length), end: Math.min(offset, text.length) };
      problems.push({
        rule: 'template-too-deep',
        facts: { message: `nested deeper than ${MAX_DEPTH} levels` },
        span,
      });
      return undefined;
    }
  }
  for (const token of parser.end()) tokens.push(token);
  const composer = new yaml.Composer({
    schema: 'failsafe',
    uniqueKeys: false,
    logLevel: 'silent',
    merge: false,
  });
  const [first, second] = [...composer.compose(tokens, true, text.length)];
  if (second !== undefined) {
    const [start, end] = second.range;
    const facts = { message: 'a second YAML document in the file; a template is one document' };
    problems.push({ rule: 'template-syntax', facts, span: { start, end } });
  }
  return first as Document.Parsed | undefined;
}

/** Makes nodes of the package's own. An anchored node is converted once and shared, so an alias costs nothing. */
class Converter {
  readonly #yaml: Yaml;
  readonly #text: string;
  readonly #problems: ReadProblem[];
  readonly #anchors = new Map<string, Node | undefined>();

  constructor(yaml: Yaml, text: string, problems: ReadProblem[]) {
    this.#yaml = yaml;
    this.#text = text;
    this.#problems = problems;
  }

  node(node: YamlNode, depth: number): Node {
    const [start = 0, end = start] = node.range ?? [];
    const span = { start, end };
    if (depth > MAX_DEPTH) {
      this.#problem('template-too-deep', { message: `nested deeper than ${MAX_DEPTH} levels` }, span);
      return { kind: 'scalar', text: '', scalar: 'null', ...span };
    }
    if (this.#yaml.isAlias(node)) return this.#alias(node.source, span);
    const anchor = 'anchor' in node && typeof node.anchor === 'string' ? node.anchor : undefined;
    if (anchor !== undefined) this.#anchors.set(anchor, undefined);
    const result = this.#tagged(node, this.#untagged(node, span, depth), span);
    if (anchor !== undefined) this.#anchors.set(anchor, result);
    return result;
  }

  #problem(rule: string, facts: Readonly<Record<string, string>>, span: Span): void {
    this.#problems.push({ rule, facts, span });
  }

  #alias(name: string, span: Span): Node {
    const target = this.#anchors.get(name);
    if (target !== undefined) return target;
    const why = this.#anchors.has(name) ? 'contains itself' : 'has no anchor before it';
    this.#problem('template-syntax', { message: `the alias *${name} ${why}` }, span);
    return { kind: 'scalar', text: '', scalar: 'null', ...span };
  }

  #untagged(node: YamlNode, span: Span, depth: number): Node {
    if (this.#yaml.isMap(node)) return this.#map(node, span, depth);
    if (this.#yaml.isSeq(node)) return this.#list(node, span, depth);
    const text = this.#yaml.isScalar(node) && typeof node.value === 'string' ? node.value : '';
    if (this.#yaml.isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED')) {
      // The range of a block scalar takes in the blank lines after it.
      const end = span.start + this.#text.slice(span.start, span.end).trimEnd().length;
      return { kind: 'scalar', text, scalar: 'string', start: span.start, end };
    }
    const plain = this.#yaml.isScalar(node) && (node.type === 'PLAIN' || node.type === undefined);
    if (plain && (node.tag === undefined || node.tag.startsWith('!')))
      return { kind: 'scalar', ...plainScalar(text), ...span };
    return { kind: 'scalar', text, scalar: 'string', ...span };
  }

  #list(node: YAMLSeq, span: Span, depth: number): Node {
    const items = node.items.map((item) =>
      this.#yaml.isNode(item)
        ? this.node(item, depth + 1)
        : ({ kind: 'scalar', text: '', scalar: 'null', ...span } as const),
    );
    return {
      kind: 'list',
      items,
      start: span.start,
      end: node.flow === true ? span.end : lastEnd(items, span, 1),
    };
  }

  #map(node: YAMLMap, span: Span, depth: number): Node {
    const entries = new Map<string, NodeEntry>();
    const merged: Node[] = [];
    for (const pair of node.items) {
      const key = this.#yaml.isNode(pair.key) ? this.node(pair.key, depth + 1) : undefined;
      if (key?.kind !== 'scalar') {
        this.#problem('template-syntax', { message: 'a key that is not text' }, key ?? span);
        continue;
      }
      const keySpan = { start: key.start, end: key.end };
      const value = this.#yaml.isNode(pair.value)
        ? this.node(pair.value, depth + 1)
        : ({ kind: 'scalar', text: '', scalar: 'null', ...keySpan } as const);
      // The text as written: `on:` and `Yes:` are keys, never booleans.
      const written = this.#text.slice(key.start, key.end);
      const name = key.scalar === 'string' ? key.text : written;
      if (name === '<<' && written === '<<') merged.push(value);
      else if (entries.has(name)) this.#problem('duplicate-key', { key: name }, keySpan);
      else entries.set(name, { key: keySpan, value: emptyAt(value, keySpan) });
    }
    for (const source of merged) this.#merge(entries, source);
    const ends = [...entries.values()].flatMap((entry) => [entry.key, entry.value]);
    return {
      kind: 'map',
      entries,
      start: span.start,
      end: node.flow === true ? span.end : lastEnd(ends, span),
    };
  }

  /** https://yaml.org/type/merge.html: own keys win, then the maps in order. */
  #merge(entries: Map<string, NodeEntry>, source: Node): void {
    const maps = source.kind === 'list' ? source.items : [source];
    for (const map of maps) {
      if (map.kind !== 'map') {
        this.#problem('template-syntax', { message: 'only maps can be merged with `<<`' }, source);
        continue;
      }
      for (const [name, entry] of map.entries) if (!entries.has(name)) entries.set(name, entry);
    }
  }

  #tagged(node: YamlNode, value: Node, span: Span): Node {
    const tag = node.tag;
    if (tag === undefined || tag.startsWith('tag:yaml.org,2002:') || tag === '!') return value;
    const start = this.#text.lastIndexOf(tag, span.start);
    const tagSpan = start === -1 ? span : { start, end: start + tag.length };
    const long = longForm(tag.slice(1), tagSpan, value);
    if (long === undefined) this.#problem('unknown-tag', { tag }, tagSpan);
    return long ?? value;
  }
}

/** An empty value has no place of its own: it is where its key is. */
function emptyAt(value: Node, key: Span): Node {
  return value.kind === 'scalar' && value.scalar === 'null' && value.end === value.start
    ? { ...value, ...key }
    : value;
}

/** Where a block collection ends: with its last element, not with the comments and blank lines below it. */
function lastEnd(parts: readonly Span[], span: Span, least = 0): number {
  return parts.reduce(
    (end, part) => (part.end <= span.end ? Math.max(end, part.end) : end),
    span.start + least,
  );
}

import { type MapNode, type Node, type NodeEntry, type Span, scalarNode } from './node.ts';

/** What the loops of a template need from outside. */
export interface LoopHost {
  /** The elements of a collection, or undefined where they are not known. */
  elements(collection: Node): readonly string[] | undefined;
  problem(rule: string, facts: Readonly<Record<string, string>>, at: Span): void;
}

const LOOP = 'Fn::ForEach::';

/** More nodes than this are not made: CloudFormation's own limit is 500 resources. */
const MAX_NODES = 60_000;

/**
 * The tree with each `Fn::ForEach::Name: [identifier, collection, {key: value}]` replaced by its copies.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export function expandLoops(root: MapNode, host: LoopHost): MapNode {
  const entries = new Map(root.entries);
  const expansion = new Expansion(host);
  for (const section of ['Conditions', 'Resources', 'Outputs']) {
    const entry = root.entries.get(section);
    if (entry !== undefined) entries.set(section, { ...entry, value: expansion.node(entry.value, []) });
  }
  return { ...root, entries };
}

interface Binding {
  readonly identifier: string;
  readonly value: string;
}

type Bindings = readonly Binding[];

class Expansion {
  readonly #host: LoopHost;
  #budget = MAX_NODES;

  constructor(host: LoopHost) {
    this.#host = host;
  }

  node(node: Node, bindings: Bindings): Node {
    this.#budget -= 1;
    if (node.kind === 'scalar') {
      const text = substitute(node.text, bindings);
      return text === node.text ? node : { ...node, text };
    }
    if (node.kind === 'list') return { ...node, items: node.items.map((item) => this.node(item, bindings)) };
    return boundReference(node, bindings) ?? { ...node, entries: this.#entries(node, bindings) };
  }

  #entries(node: MapNode, bindings: Bindings): Map<string, NodeEntry> {
    const entries = new Map<string, NodeEntry>();
    for (const [name, entry] of node.entries) {
      if (this.#budget < 0) {
        this.#host.problem(
          'template-too-large',
          { limit: `${MAX_NODES} values made by Fn::ForEach` },
          entry.key,
        );
        break;
      }
      const made = name.startsWith(LOOP)
        ? this.#loop(entry, bindings)
        : [[substitute(name, bindings), { ...entry, value: this.node(entry.value, bindings) }] as const];
      for (const [key, value] of made) {
        if (entries.has(key)) this.#host.problem('duplicate-key', { key }, value.key);
        else entries.set(key, value);
      }
    }
    return entries;
  }

  #loop({ key, value }: NodeEntry, bindings: Bindings): readonly (readonly [string, NodeEntry])[] {
    const [identifier, collection, body] = value.kind === 'list' ? value.items : [];
    if (identifier?.kind !== 'scalar' || collection === undefined || body?.kind !== 'map') {
      const expected = 'an identifier, a collection and a map';
      this.#host.problem('intrinsic-syntax', { function: 'Fn::ForEach', expected }, key);
      return [];
    }
    const elements = this.#host.elements(this.node(collection, bindings));
    if (elements === undefined) {
      const facts = { transform: 'AWS::LanguageExtensions', missing: 'the collection of a Fn::ForEach' };
      this.#host.problem('not-expanded', facts, key);
      return [];
    }
    const made: (readonly [string, NodeEntry])[] = [];
    for (const element of elements) {
      if (this.#budget < 0) break;
      const inner = [...bindings, { identifier: identifier.text, value: element }];
      made.push(...this.#entries(body, inner));
    }
    return made;
  }
}

/** `{Ref: identifier}` is the element itself. */
function boundReference(node: MapNode, bindings: Bindings): Node | undefined {
  if (node.entries.size !== 1) return undefined;
  const target = node.entries.get('Ref')?.value;
  if (target?.kind !== 'scalar') return undefined;
  const bound = bindings.find(({ identifier }) => identifier === target.text);
  return bound === undefined ? undefined : scalarNode(bound.value, node);
}

/** `${X}` gives the element; `&{X}` gives its letters and digits, for logical ids. */
function substitute(text: string, bindings: Bindings): string {
  if (!text.includes('{')) return text;
  let result = text;
  for (const { identifier, value } of bindings) {
    result = result.replaceAll(`\${${identifier}}`, () => value);
    result = result.replaceAll(`&{${identifier}}`, () => value.replace(/[^A-Za-z0-9]/g, ''));
  }
  return result;
}

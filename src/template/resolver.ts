import type { ResourceModel } from '../catalog/entry.ts';
import type { SourceLocation } from '../source-location.ts';
import { certain, guessed, guessedName, type Text } from '../text.ts';
import { truthOf } from './conditions.ts';
import { type DeclaredParameter, parameterValue } from './declared-parameters.ts';
import { type Identity, identityOf } from './identity.ts';
import { INTRINSICS } from './intrinsics.ts';
import { type MapNode, type Node, type NodeEntry, type Span, scalarText } from './node.ts';
import { pseudoParameter } from './pseudo-parameters.ts';
import type { Scope, Truth } from './scope.ts';
import type { StackIdentity, TemplateProblem, Transform } from './template.ts';
import { LANGUAGE_EXTENSIONS, transformFacts } from './transforms.ts';
import type { MapEntry, Value } from './value.ts';
import { asText, PLACEHOLDER, type Resolved, textValue, unknownValue } from './values.ts';

/** What a resolver works on. */
export interface ResolverInput {
  readonly stack: StackIdentity;
  readonly exports: ReadonlyMap<string, string> | undefined;
  readonly parameters: ReadonlyMap<string, DeclaredParameter>;
  readonly conditions: ReadonlyMap<string, NodeEntry>;
  readonly mappings: MapNode | undefined;
  /** Logical id to the resource as it is written. */
  readonly resources: ReadonlyMap<string, WrittenResource>;
  /** Resources that are written but do not exist, and the condition that says so. */
  readonly excluded: ReadonlyMap<string, string>;
  readonly languageExtensions: boolean;
  /** A macro that is not expanded here may make resources, so a name that nobody knows is no mistake. */
  readonly mayHaveMore: boolean;
  readonly models: (type: string) => ResourceModel | undefined;
  readonly locate: (span: Span) => SourceLocation;
}

export interface WrittenResource {
  readonly logicalId: string;
  readonly type: string;
  readonly key: Span;
  readonly body: MapNode;
}

/** Bounds on what one template may make us do: far above any real template, far below what would be felt. */
const MAX_VALUES = 400_000;
const MAX_CHARACTERS = 20_000_000;
/** Names that depend on names, conditions on conditions: longer chains than this would use up the stack. */
const MAX_CHAIN = 500;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-languageextensions.html */
const EXTENSIONS: ReadonlySet<string> = new Set(['Fn::Length', 'Fn::ToJsonString']);

/** A reference from one resource to another, where it is written. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly at: Span;
}

/** Resolves the nodes of one template. Everything that has a name is resolved once, and never within itself. */
export class Resolver implements Scope {
  readonly stack: StackIdentity;
  readonly exports: ReadonlyMap<string, string> | undefined;
  readonly mappings: MapNode | undefined;
  readonly problems: TemplateProblem[] = [];
  readonly imports: { readonly name: Text; readonly at: SourceLocation }[] = [];
  readonly edges: Edge[] = [];
  readonly transforms: Transform[] = [];
  readonly #input: ResolverInput;
  readonly #truths = new Map<string, Truth | 'open'>();
  readonly #identities = new Map<string, Identity | 'open'>();
  readonly #reported = new Set<string>();
  /** The resource whose properties are being resolved. */
  #owner: string | undefined;
  #inCondition = false;
  #values = MAX_VALUES;
  #characters = MAX_CHARACTERS;
  #chain = 0;

  constructor(input: ResolverInput) {
    this.#input = input;
    this.stack = input.stack;
    this.exports = input.exports;
    this.mappings = input.mappings;
  }

  locate(span: Span): SourceLocation {
    return this.#input.locate(span);
  }

  #unresolved(name: string, at: Span): void {
    const condition = this.#input.excluded.get(name);
    if (this.#input.mayHaveMore && condition === undefined) return;
    this.problem('reference-unresolved', { name, ...(condition === undefined ? {} : { condition }) }, at);
  }

  problem(rule: string, facts: Readonly<Record<string, string>>, at: Span): void {
    const id = `${rule} ${at.start} ${JSON.stringify(facts)}`;
    if (this.#reported.has(id)) return;
    this.#reported.add(id);
    const owner = this.#owner === undefined ? {} : { logicalId: this.#owner };
    this.problems.push({ rule, facts, at: this.locate(at), ...owner });
  }

  imported(name: Text, at: Span): void {
    this.imports.push({ name, at: this.locate(at) });
  }

  spend(characters: number): boolean {
    this.#characters -= characters;
    if (this.#characters < 0) this.#exhausted({ start: 0, end: 0 });
    return this.#characters >= 0;
  }

  /** Resolves what belongs to a resource, so that problems and references are noted as its own. */
  within<T>(logicalId: string, work: () => T): T {
    const before = this.#owner;
    this.#owner = logicalId;
    try {
      return work();
    } finally {
      this.#owner = before;
    }
  }

  resolve(node: Node): Resolved {
    this.#values -= 1;
    if (this.#values < 0) return this.#exhausted(node);
    if (node.kind === 'scalar') {
      return { kind: 'text', text: certain(node.text), scalar: node.scalar, at: this.locate(node) };
    }
    if (node.kind === 'list') return this.#list(node.items, node);
    const [only, ...others] = node.entries;
    const intrinsic = only === undefined ? undefined : INTRINSICS.get(only[0]);
    if (intrinsic === undefined || only === undefined) return this.#map(node);
    // A map with more keys is a property of that name: `Condition` and `Ref` are also words of services.
    if (others.length > 0) return this.#map(node);
    if (EXTENSIONS.has(only[0]) && !this.#input.languageExtensions) {
      this.problem('needs-transform', { function: only[0], transform: LANGUAGE_EXTENSIONS }, node);
    }
    return intrinsic(only[1].value, node, this);
  }

  #exhausted(at: Span): Value {
    if (!this.#reported.has('exhausted')) {
      this.#reported.add('exhausted');
      this.problem('template-too-large', { limit: `${MAX_VALUES} values, ${MAX_CHARACTERS} characters` }, at);
    }
    return unknownValue('a template too large to be resolved', this.locate(at));
  }

  #list(items: readonly Node[], span: Span): Value {
    const values: Value[] = [];
    for (const item of items) {
      const value = this.resolve(item);
      if (value !== 'absent') values.push(value);
    }
    return { kind: 'list', items: values, at: this.locate(span) };
  }

  #map(node: MapNode): Value {
    const entries = new Map<string, MapEntry>();
    for (const [name, { key, value }] of node.entries) {
      if (name === 'Fn::Transform') {
        this.transformed(value, key);
        continue;
      }
      const resolved = this.resolve(value);
      if (resolved !== 'absent') entries.set(name, { key: this.locate(key), value: resolved });
    }
    return { kind: 'map', entries, at: this.locate(node) };
  }

  transformed(argument: Node, at: Span): void {
    const name =
      argument.kind === 'map' ? scalarText(argument.entries.get('Name')?.value) : scalarText(argument);
    const parameters = argument.kind === 'map' ? argument.entries.get('Parameters')?.value : undefined;
    const location = parameters?.kind === 'map' ? parameters.entries.get('Location')?.value : undefined;
    const from = location === undefined ? {} : { location: asText(this.resolve(location)).text };
    this.transforms.push({ name: name ?? '', at: this.locate(at), expanded: false });
    this.problem('not-expanded', { ...transformFacts(name ?? '', this.stack), ...from }, at);
  }

  /** Notes an explicit dependency. One on a resource that a condition leaves out is no error. */
  depends(name: string, at: Span): void {
    if (this.#input.resources.has(name)) {
      if (this.#owner !== undefined) this.edges.push({ from: this.#owner, to: name, at });
    } else if (!this.#input.excluded.has(name)) this.#unresolved(name, at);
  }

  /** What the work gives, or undefined where the chain of names that led here is too long. */
  #deeper<T>(at: Span, work: () => T): T | undefined {
    if (this.#chain >= MAX_CHAIN) {
      this.problem('template-too-deep', { message: `a chain of more than ${MAX_CHAIN} references` }, at);
      return undefined;
    }
    this.#chain += 1;
    try {
      return work();
    } finally {
      this.#chain -= 1;
    }
  }

  condition(name: string, at: Span): Truth {
    const known = this.#truths.get(name);
    if (known === 'open') {
      this.problem('circular-condition', { condition: name }, at);
      return { kind: 'maybe', missing: `the condition ${name}` };
    }
    if (known !== undefined) return known;
    const written = this.#input.conditions.get(name);
    if (written === undefined) {
      this.problem('condition-missing', { condition: name }, at);
      return { kind: 'maybe', missing: `the condition ${name}` };
    }
    this.#truths.set(name, 'open');
    const outside = this.#inCondition;
    this.#inCondition = true;
    const truth = this.#deeper(at, () => truthOf(written.value, this)) ?? { kind: 'maybe', missing: name };
    this.#inCondition = outside;
    const result: Truth =
      truth.kind === 'maybe' ? { kind: 'maybe', missing: `the condition ${name} (${truth.missing})` } : truth;
    this.#truths.set(name, result);
    return result;
  }

  reference(name: string, at: Span): Resolved {
    const place = this.locate(at);
    const parameter = this.#input.parameters.get(name);
    if (parameter !== undefined) return parameterValue(parameter, place, this.#inCondition);
    const pseudo = pseudoParameter(name, this.stack, place);
    if (pseudo !== undefined) return pseudo;
    const identity = this.#identity(name, at);
    if (identity === undefined) return textValue(guessed(PLACEHOLDER, `what ${name} is`), place);
    return textValue(identity === 'open' ? this.#circular(name) : identity.ref, place, {
      refersTo: { logicalId: name, attribute: 'Ref' },
    });
  }

  attribute(logicalId: string, attribute: Text, at: Span): Resolved {
    const place = this.locate(at);
    const identity = this.#identity(logicalId, at);
    if (identity === undefined) return textValue(guessed(PLACEHOLDER, `what ${logicalId} is`), place);
    this.#checkAttribute(logicalId, attribute.text, at);
    const text =
      identity === 'open' || attribute.guesses.length > 0
        ? this.#circular(logicalId)
        : identity.attribute(attribute.text);
    return textValue(text, place, { refersTo: { logicalId, attribute: attribute.text } });
  }

  #checkAttribute(logicalId: string, attribute: string, at: Span): void {
    const type = this.#input.resources.get(logicalId)?.type ?? '';
    const known = this.#input.models(type)?.attributes ?? [];
    if (known.length === 0 || known.includes(attribute) || attribute.startsWith('Outputs.')) return;
    this.problem(
      'attribute-unknown',
      { resource: logicalId, type, attribute, accepted: known.join(', ') },
      at,
    );
  }

  #circular(name: string): Text {
    return guessedName(PLACEHOLDER, `the name of ${name}, which depends on itself`);
  }

  #identity(logicalId: string, at: Span): Identity | 'open' | undefined {
    const resource = this.#input.resources.get(logicalId);
    if (resource === undefined) {
      this.#unresolved(logicalId, at);
      return undefined;
    }
    if (this.#owner !== undefined) this.edges.push({ from: this.#owner, to: logicalId, at });
    return this.identity(resource);
  }

  /** How a resource is called; `open` while that very question is being answered. */
  identity(resource: WrittenResource): Identity | 'open' {
    const { logicalId, type, body } = resource;
    const known = this.#identities.get(logicalId);
    if (known !== undefined) return known;
    this.#identities.set(logicalId, 'open');
    const properties = body.entries.get('Properties')?.value;
    const property = (path: string): Text | undefined => this.#property(logicalId, properties, path);
    const model = this.#input.models(type);
    const identity = identityOf({ logicalId, type, model, property }, this.stack);
    this.#identities.set(logicalId, identity);
    return identity;
  }

  #property(logicalId: string, properties: Node | undefined, path: string): Text | undefined {
    let node = properties;
    for (const step of path.split('.'))
      node = node?.kind === 'map' ? node.entries.get(step)?.value : undefined;
    if (node === undefined) return undefined;
    const found = node;
    const value = this.#deeper(found, () => this.within(logicalId, () => this.resolve(found)));
    if (value === undefined) return this.#circular(logicalId);
    if (value === 'absent' || value.kind === 'list' || value.kind === 'map') return undefined;
    return asText(value);
  }
}

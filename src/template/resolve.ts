import type { ResourceModel } from '../catalog/entry.ts';
import { truthOf } from './conditions.ts';
import { cyclesOf } from './cycles.ts';
import { type DeclaredParameter, declaredParameters, publicParameter } from './declared-parameters.ts';
import { withoutDynamicReferences } from './dynamic-references.ts';
import { expandLoops } from './expand-loops.ts';
import { type MapNode, type NodeEntry, type Span, scalarText } from './node.ts';
import type { ParsedTemplate } from './parse.ts';
import { Resolver, type WrittenResource } from './resolver.ts';
import { resolvedResource, writtenResources } from './resources.ts';
import type { Truth } from './scope.ts';
import type { DynamicReference, Resource, StackIdentity, Template, TemplateProblem } from './template.ts';
import { declaredTransforms, LANGUAGE_EXTENSIONS, transformFacts, transformOfType } from './transforms.ts';
import type { MapValue } from './value.ts';
import { certainText } from './values.ts';

/** What the values of a template depend on beside its text. */
export interface ResolveOptions {
  readonly stack: StackIdentity;
  /** Values given to parameters. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Exports of the region by name; left out where they could not be read. */
  readonly exports?: ReadonlyMap<string, string>;
  /** The shape of a resource type; asked for once for each type in the template. */
  readonly models: (type: string) => ResourceModel | undefined;
}

/** Resolves a template as far as that can be done without deploying it. Never throws: what is wrong is a problem. */
export function resolveTemplate(parsed: ParsedTemplate, options: ResolveOptions): Template {
  const root = parsed.root ?? { kind: 'map', entries: new Map(), start: 0, end: 0 };
  return new Resolution(parsed, root, options).template();
}

const SECTIONS: ReadonlySet<string> = new Set([
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Rules',
  'Mappings',
  'Conditions',
  'Transform',
  'Resources',
  'Outputs',
  'Hooks',
  'Globals',
]);

class Resolution {
  readonly #parsed: ParsedTemplate;
  readonly #options: ResolveOptions;
  readonly #problems: TemplateProblem[];
  readonly #parameters: ReadonlyMap<string, DeclaredParameter>;
  readonly #root: MapNode;
  readonly #models: ResolveOptions['models'];
  readonly #languageExtensions: boolean;
  readonly #hasDynamicReferences: boolean;

  constructor(parsed: ParsedTemplate, root: MapNode, options: ResolveOptions) {
    this.#parsed = parsed;
    this.#options = options;
    this.#problems = [...parsed.problems];
    this.#models = once(options.models);
    this.#languageExtensions = declaredTransforms(root).some(({ name }) => name === LANGUAGE_EXTENSIONS);
    const given = [...options.parameters.values()].some((value) => value.includes('{{resolve:'));
    this.#hasDynamicReferences = parsed.hasDynamicReferences || given;
    const readable = parsed.root !== undefined;
    this.#parameters = readable ? declaredParameters(root, options.parameters, this.#report) : new Map();
    this.#root = this.#languageExtensions && readable ? this.#expanded(root) : root;
  }

  readonly #report = (rule: string, facts: Readonly<Record<string, string>>, at: Span): void => {
    this.#problems.push({ rule, facts, at: this.#parsed.locate(at) });
  };

  #section(name: string): ReadonlyMap<string, NodeEntry> {
    const section = this.#root.entries.get(name)?.value;
    return section?.kind === 'map' ? section.entries : new Map();
  }

  #resolver(
    root: MapNode,
    resources: ReadonlyMap<string, WrittenResource>,
    excluded: ReadonlyMap<string, string>,
  ): Resolver {
    const section = (name: string): MapNode | undefined => {
      const value = root.entries.get(name)?.value;
      return value?.kind === 'map' ? value : undefined;
    };
    return new Resolver({
      stack: this.#options.stack,
      exports: this.#options.exports,
      parameters: this.#parameters,
      conditions: section('Conditions')?.entries ?? new Map(),
      mappings: section('Mappings'),
      resources,
      excluded,
      languageExtensions: this.#languageExtensions,
      mayHaveMore: hasOpenMacro(root),
      models: this.#models,
      locate: this.#parsed.locate,
    });
  }

  /** Loops run before there are resources, so their collections can only name parameters and mappings. */
  #expanded(root: MapNode): MapNode {
    const resolver = this.#resolver(root, new Map(), new Map());
    const expanded = expandLoops(root, {
      elements: (collection) => {
        const value = resolver.resolve(collection);
        if (value === 'absent' || value.kind !== 'list') return undefined;
        const texts = value.items.map(certainText);
        return texts.every((text) => text !== undefined) ? texts : undefined;
      },
      problem: this.#report,
    });
    this.#problems.push(...resolver.problems);
    return expanded;
  }

  template(): Template {
    const { file, bytes, locate } = this.#parsed;
    const written =
      this.#parsed.root === undefined
        ? new Map<string, WrittenResource>()
        : writtenResources(this.#root, this.#report);
    const existence = this.#existence(written);
    const present = new Map([...written].filter(([id]) => existence.get(id)?.kind !== 'no'));
    const excluded = new Map(
      [...written]
        .filter(([id]) => !present.has(id))
        .map(([id, { body }]) => [id, scalarText(body.entries.get('Condition')?.value) ?? '']),
    );
    const resolver = this.#resolver(this.#root, present, excluded);
    this.#transforms(resolver, present);
    const dynamicReferences: DynamicReference[] = [];
    const resources = new Map<string, Resource>();
    for (const [id, resource] of present) {
      const resolved = resolvedResource(resource, existence.get(id) ?? { kind: 'yes' }, resolver);
      resources.set(id, this.#withoutDynamicReferences(resolved, dynamicReferences));
    }
    this.#rules(resolver);
    this.#outputs(resolver);
    for (const { edge, path } of cyclesOf(resolver.edges)) {
      resolver.within(edge.from, () =>
        resolver.problem('circular-dependency', { cycle: path.join(' -> ') }, edge.at),
      );
    }
    for (const name of this.#root.entries.keys()) this.#checkSection(name);
    return {
      file,
      bytes,
      stack: this.#options.stack,
      resources,
      parameters: new Map(
        [...this.#parameters].map(([name, one]) => [name, publicParameter(one, locate(one.span))]),
      ),
      transforms: resolver.transforms,
      dynamicReferences,
      imports: resolver.imports,
      problems: distinct([...this.#problems, ...resolver.problems]),
    };
  }

  #checkSection(name: string): void {
    const key = this.#root.entries.get(name)?.key;
    if (key === undefined || SECTIONS.has(name) || name === 'Fn::Transform') return;
    this.#report('section-unknown', { section: name, accepted: [...SECTIONS].join(', ') }, key);
  }

  /** Whether each resource exists; decided first, since conditions cannot depend on resources. */
  #existence(written: ReadonlyMap<string, WrittenResource>): ReadonlyMap<string, Truth> {
    const resolver = this.#resolver(this.#root, new Map(), new Map());
    const existence = new Map<string, Truth>();
    for (const [id, { body }] of written) {
      const node = body.entries.get('Condition')?.value;
      const name = scalarText(node);
      if (node === undefined || name === undefined) continue;
      existence.set(
        id,
        resolver.within(id, () => resolver.condition(name, node)),
      );
    }
    // Conditions that no resource has are evaluated by CloudFormation as well, and can be wrong.
    for (const [name, { key }] of this.#section('Conditions')) resolver.condition(name, key);
    this.#problems.push(...resolver.problems);
    return existence;
  }

  #withoutDynamicReferences(resource: Resource, found: DynamicReference[]): Resource {
    if (!this.#hasDynamicReferences) return resource;
    const properties = withoutDynamicReferences(resource.properties, resource.logicalId, found) as MapValue;
    return { ...resource, properties };
  }

  #transforms(resolver: Resolver, present: ReadonlyMap<string, WrittenResource>): void {
    for (const { name, node } of declaredTransforms(this.#root)) {
      if (name !== LANGUAGE_EXTENSIONS) resolver.transformed(node, node);
      else resolver.transforms.push({ name, at: resolver.locate(node), expanded: true });
    }
    for (const map of [this.#root, this.#root.entries.get('Resources')?.value]) {
      const entry = map?.kind === 'map' ? map.entries.get('Fn::Transform') : undefined;
      if (entry !== undefined) resolver.transformed(entry.value, entry.key);
    }
    for (const { logicalId, type, body, key } of present.values()) {
      const transform = transformOfType(type);
      if (transform === undefined) continue;
      const facts = { ...transformFacts(transform, this.#options.stack), type };
      resolver.within(logicalId, () =>
        resolver.problem('not-expanded', facts, body.entries.get('Type')?.value ?? key),
      );
    }
  }

  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html */
  #rules(resolver: Resolver): void {
    for (const [rule, { value }] of this.#section('Rules')) {
      if (value.kind !== 'map') continue;
      const condition = value.entries.get('RuleCondition');
      const applies: Truth = condition === undefined ? { kind: 'yes' } : truthOf(condition.value, resolver);
      const assertions = value.entries.get('Assertions')?.value;
      if (applies.kind !== 'yes' || assertions?.kind !== 'list') continue;
      for (const assertion of assertions.items) {
        const entry = assertion.kind === 'map' ? assertion.entries.get('Assert') : undefined;
        if (assertion.kind !== 'map' || entry === undefined || truthOf(entry.value, resolver).kind !== 'no')
          continue;
        const description = scalarText(assertion.entries.get('AssertDescription')?.value) ?? '';
        resolver.problem('rule-failed', { rule, description }, entry.key);
      }
    }
  }

  /** Outputs need no permission, but a wrong one fails the deployment. */
  #outputs(resolver: Resolver): void {
    for (const { value } of this.#section('Outputs').values()) {
      if (value.kind !== 'map') continue;
      const condition = value.entries.get('Condition');
      const name = scalarText(condition?.value);
      if (
        condition !== undefined &&
        name !== undefined &&
        resolver.condition(name, condition.key).kind === 'no'
      )
        continue;
      for (const part of ['Value', 'Export']) {
        const entry = value.entries.get(part);
        if (entry !== undefined) resolver.resolve(entry.value);
      }
    }
  }
}

/** Whether a macro other than the language extensions has a say on the template or on its resources. */
function hasOpenMacro(root: MapNode): boolean {
  if (declaredTransforms(root).some(({ name }) => name !== LANGUAGE_EXTENSIONS)) return true;
  const resources = root.entries.get('Resources')?.value;
  return [root, resources].some((node) => node?.kind === 'map' && node.entries.has('Fn::Transform'));
}

/** More problems than this help nobody; the rest is counted. */
const MAX_PROBLEMS = 200;

/** Conditions are evaluated for resources and again for values; what is wrong with one is said once. */
function distinct(problems: readonly TemplateProblem[]): readonly TemplateProblem[] {
  const byPlace = new Map<string, TemplateProblem>();
  for (const problem of problems) {
    const id = JSON.stringify([problem.rule, problem.at.line, problem.at.column, problem.facts]);
    if (!byPlace.has(id)) byPlace.set(id, problem);
  }
  const all = [...byPlace.values()];
  const [first] = all;
  if (first === undefined || all.length <= MAX_PROBLEMS) return all;
  const omitted = {
    rule: 'problems-omitted',
    facts: { count: String(all.length - MAX_PROBLEMS) },
    at: first.at,
  };
  return [...all.slice(0, MAX_PROBLEMS), omitted];
}

/** The catalog reads a shard for a type that it is asked about; each type is asked about once. */
function once(models: ResolveOptions['models']): ResolveOptions['models'] {
  const known = new Map<string, ResourceModel | undefined>();
  return (type) => {
    if (!known.has(type)) known.set(type, models(type));
    return known.get(type);
  };
}

import { SNAPSHOT_BY_DEFAULT } from '../catalog/deletion-policies.ts';
import { type MapNode, type Node, type Span, scalarText } from './node.ts';
import type { Resolver, WrittenResource } from './resolver.ts';
import type { Truth } from './scope.ts';
import type { Resource } from './template.ts';
import type { MapValue, Value } from './value.ts';
import { certainText } from './values.ts';

type Report = (rule: string, facts: Readonly<Record<string, string>>, at: Span) => void;

/** The resources as they are written; what has no type or no body is a problem and left out. */
export function writtenResources(root: MapNode, report: Report): ReadonlyMap<string, WrittenResource> {
  const resources = new Map<string, WrittenResource>();
  const section = root.entries.get('Resources');
  if (section?.value.kind !== 'map') {
    report('resources-missing', {}, section?.key ?? { start: 0, end: 0 });
    return resources;
  }
  for (const [logicalId, { key, value }] of section.value.entries) {
    if (logicalId === 'Fn::Transform') continue;
    const type = value.kind === 'map' ? scalarText(value.entries.get('Type')?.value) : undefined;
    if (value.kind !== 'map' || type === undefined)
      report('resource-malformed', { logicalId, expected: 'a map with a Type' }, key);
    else resources.set(logicalId, { logicalId, type, key, body: value });
  }
  return resources;
}

/** Keys of a resource that have a field of their own. */
const OWN_KEYS: ReadonlySet<string> = new Set([
  'Type',
  'Properties',
  'DependsOn',
  'Condition',
  'DeletionPolicy',
  'UpdateReplacePolicy',
]);

/** The resource with all that can be resolved. */
export function resolvedResource(written: WrittenResource, exists: Truth, resolver: Resolver): Resource {
  const { logicalId, type, key, body } = written;
  return resolver.within(logicalId, () => {
    const identity = resolver.identity(written);
    const properties = propertiesOf(body, key, resolver);
    const attributes = new Map<string, Value>();
    for (const [name, entry] of body.entries) {
      const value = OWN_KEYS.has(name) ? 'absent' : resolver.resolve(entry.value);
      if (value !== 'absent') attributes.set(name, value);
    }
    if (identity === 'open') throw new Error('a resource is resolved within itself');
    return {
      logicalId,
      type,
      at: resolver.locate(key),
      typeAt: resolver.locate(body.entries.get('Type')?.value ?? key),
      properties,
      attributes,
      dependsOn: dependencies(body.entries.get('DependsOn')?.value, resolver),
      exists: exists.kind === 'yes' ? 'yes' : 'maybe',
      ...(exists.kind === 'maybe' ? { missing: exists.missing } : {}),
      deletionPolicy:
        policy(body, 'DeletionPolicy', DELETION_POLICIES, resolver) ?? byDefault(type, properties),
      updateReplacePolicy: policy(body, 'UpdateReplacePolicy', REPLACE_POLICIES, resolver) ?? 'Delete',
      ref: identity.ref,
      ...(identity.arn === undefined ? {} : { arn: identity.arn }),
    };
  });
}

function propertiesOf(body: MapNode, key: Span, resolver: Resolver): MapValue {
  const entry = body.entries.get('Properties');
  const empty: MapValue = { kind: 'map', entries: new Map(), at: resolver.locate(entry?.key ?? key) };
  if (entry === undefined || (entry.value.kind === 'scalar' && entry.value.scalar === 'null')) return empty;
  const value = resolver.resolve(entry.value);
  if (value !== 'absent' && value.kind === 'map') return value;
  if (value === 'absent' || value.kind !== 'unknown') {
    resolver.problem('resource-malformed', { expected: 'a map of Properties' }, entry.key);
  }
  return empty;
}

function dependencies(node: Node | undefined, resolver: Resolver): readonly string[] {
  const nodes = node === undefined ? [] : node.kind === 'list' ? node.items : [node];
  return nodes.flatMap((one) => {
    const name = scalarText(one);
    if (name === undefined) return [];
    resolver.depends(name, one);
    return [name];
  });
}

const DELETION_POLICIES = ['Delete', 'Retain', 'Snapshot', 'RetainExceptOnCreate'] as const;
const REPLACE_POLICIES = ['Delete', 'Retain', 'Snapshot'] as const;

/** With AWS::LanguageExtensions a policy may be a function. */
function policy<T extends string>(
  body: MapNode,
  name: string,
  accepted: readonly T[],
  resolver: Resolver,
): T | undefined {
  const entry = body.entries.get(name);
  if (entry === undefined) return undefined;
  const value = resolver.resolve(entry.value);
  const text = certainText(value);
  const found = accepted.find((one) => one === text);
  const unclear = value !== 'absent' && value.kind !== 'map' && text === undefined;
  if (found === undefined && !unclear) {
    resolver.problem(
      'policy-unknown',
      { policy: name, value: text ?? '', accepted: accepted.join(', ') },
      entry.key,
    );
  }
  return found;
}

function byDefault(type: string, properties: MapValue): 'Delete' | 'Snapshot' {
  const rule = SNAPSHOT_BY_DEFAULT.get(type);
  if (rule === undefined) return 'Delete';
  return rule.unless !== undefined && properties.entries.has(rule.unless) ? 'Delete' : 'Snapshot';
}

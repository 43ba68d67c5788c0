import type { ResourceModel } from '../catalog/entry.ts';
import type { ChangedProperty, ResourceOperation } from '../operations.ts';
import type { Resource, StackIdentity, Template } from '../template/template.ts';
import { type Change, changesBetween, referencesIn, sameValue } from './changes.ts';
import { replacementOf } from './replacement.ts';

export interface PlanOptions {
  /** `auto`: an update where something is deployed, else a creation. */
  readonly kind: 'create' | 'update' | 'delete' | 'auto';
  readonly models: (type: string) => ResourceModel | undefined;
}

/**
 * What the deployment does to each resource; what it leaves alone is not in the list. Creations, updates and
 * replacements come in the order of the template, deletions after them, as CloudFormation cleans up last.
 */
export function planOperations(
  next: Template,
  deployed: Template | undefined,
  options: PlanOptions,
): readonly ResourceOperation[] {
  if (options.kind === 'delete') return [...(deployed ?? next).resources.values()].reverse().map(deletion);
  if (options.kind === 'create' || deployed === undefined) return [...next.resources.values()].map(creation);
  return new Update(next, deployed, options.models).operations();
}

const NOTHING = { changed: [], retained: false, stackTagsChanged: false } as const;

function creation(resource: Resource): ResourceOperation {
  return { kind: 'create', resource, ...NOTHING, ...onlyIf(resource) };
}

/** Of a resource that goes, the policy of the deployed template decides: the new one says nothing of it. */
function deletion(resource: Resource): ResourceOperation {
  const retained = resource.deletionPolicy === 'Retain' || resource.deletionPolicy === 'RetainExceptOnCreate';
  return { kind: 'delete', resource, previous: resource, ...NOTHING, retained, ...onlyIf(resource) };
}

function onlyIf(resource: Resource): { onlyIf?: string } {
  return resource.exists === 'yes' ? {} : { onlyIf: resource.missing ?? 'a condition' };
}

class Update {
  readonly #next: Template;
  readonly #deployed: Template;
  readonly #models: PlanOptions['models'];
  readonly #tagsChanged: boolean;

  constructor(next: Template, deployed: Template, models: PlanOptions['models']) {
    this.#next = next;
    this.#deployed = deployed;
    this.#models = models;
    this.#tagsChanged = !sameTags(next.stack, deployed.stack);
  }

  operations(): readonly ResourceOperation[] {
    const operations = new Map<string, ResourceOperation>();
    const removed: ResourceOperation[] = [];
    for (const [id, resource] of this.#next.resources) {
      const previous = this.#deployed.resources.get(id);
      if (previous === undefined || previous.type !== resource.type) operations.set(id, creation(resource));
      else this.#change(resource, previous, operations, removed);
    }
    this.#cascade(operations);
    for (const [id, previous] of this.#deployed.resources) {
      const stays = this.#next.resources.get(id)?.type === previous.type;
      if (!stays) removed.push(deletion(previous));
    }
    const inOrder = [...this.#next.resources.keys()].flatMap((id) => operations.get(id) ?? []);
    return [...inOrder, ...removed.reverse()];
  }

  #change(
    resource: Resource,
    previous: Resource,
    operations: Map<string, ResourceOperation>,
    removed: ResourceOperation[],
  ): void {
    // Its condition can turn out either way now: it may go, as well as change.
    if (resource.exists === 'maybe' && previous.exists === 'yes') {
      removed.push({ ...deletion(previous), ...onlyIf(resource) });
    }
    const operation =
      resource.exists === 'yes' && previous.exists === 'maybe'
        ? { ...creation(resource), onlyIf: previous.missing ?? 'a condition' }
        : undefined;
    const changes = changesBetween(previous.properties, resource.properties, resource.at);
    const changed = this.#operation(resource, previous, changes, this.#attributeChanges(resource, previous));
    const result = changed ?? operation;
    if (result !== undefined) operations.set(resource.logicalId, result);
  }

  /** Metadata changes too: CloudFormation counts it as a change, and handlers such as cfn-init read it. */
  #attributeChanges(resource: Resource, previous: Resource): readonly ChangedProperty[] {
    const changed: ChangedProperty[] = [];
    for (const name of new Set([...resource.attributes.keys(), ...previous.attributes.keys()])) {
      if (!UPDATING_ATTRIBUTES.has(name)) continue;
      const now = resource.attributes.get(name);
      if (!sameValue(previous.attributes.get(name), now))
        changed.push({ path: `/${name}`, at: now?.at ?? resource.at });
    }
    return changed;
  }

  #operation(
    resource: Resource,
    previous: Resource,
    changes: readonly Change[],
    attributes: readonly ChangedProperty[],
  ): ResourceOperation | undefined {
    const model = this.#models(resource.type);
    const tags = this.#tagsChanged && model?.tags !== undefined;
    if (changes.length === 0 && attributes.length === 0 && !tags) return undefined;
    const replacement = replacementOf(model, changes);
    const changed = [...changes.map(({ path, at }) => ({ path, at })), ...attributes];
    const common = { resource, previous, changed, stackTagsChanged: tags, ...onlyIf(resource) };
    if (replacement !== 'always') {
      return {
        kind: 'update',
        ...common,
        retained: false,
        ...(replacement === 'sometimes' ? { mayReplace: true } : {}),
      };
    }
    return { kind: 'replace', ...common, retained: resource.updateReplacePolicy === 'Retain' };
  }

  /** What refers to a replaced resource gets another value, though its text in the template is the same. */
  #cascade(operations: Map<string, ResourceOperation>): void {
    const queue = [...operations.values()]
      .filter(({ kind }) => kind === 'replace')
      .map(({ resource }) => resource.logicalId);
    const users = queue.length === 0 ? new Map() : this.#users();
    for (let at = 0; at < queue.length; at += 1) {
      for (const { resource, change } of users.get(queue[at] ?? '') ?? []) {
        const before = operations.get(resource.logicalId);
        const previous = this.#deployed.resources.get(resource.logicalId);
        if (previous === undefined || before?.kind === 'create') continue;
        const known = before?.changed ?? [];
        if (known.some(({ path }) => path === change.path)) continue;
        const after = this.#operation(resource, previous, [change], []);
        if (after === undefined) continue;
        const replaced = before?.kind === 'replace' ? before : after;
        const merged = { ...replaced, changed: [...known, { path: change.path, at: change.at }] };
        operations.set(resource.logicalId, merged);
        if (merged.kind === 'replace' && before?.kind !== 'replace') queue.push(resource.logicalId);
      }
    }
  }

  /** For each resource, who refers to it and where. */
  #users(): Map<string, { resource: Resource; change: Change }[]> {
    const users = new Map<string, { resource: Resource; change: Change }[]>();
    for (const resource of this.#next.resources.values()) {
      referencesIn(resource.properties, '', ({ logicalId }, path, at) => {
        const change = { path, at, before: resource.properties, after: resource.properties };
        const known = users.get(logicalId);
        if (known === undefined) users.set(logicalId, [{ resource, change }]);
        else known.push({ resource, change });
      });
    }
    return users;
  }
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-product-attribute-reference.html */
const UPDATING_ATTRIBUTES: ReadonlySet<string> = new Set(['Metadata']);

function sameTags(a: StackIdentity, b: StackIdentity): boolean {
  const keys = new Set([...Object.keys(a.tags), ...Object.keys(b.tags)]);
  return [...keys].every((key) => a.tags[key] === b.tags[key]);
}

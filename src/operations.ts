import type { SourceLocation } from './source-location.ts';
import type { Resource } from './template/template.ts';

/** What the deployment does to one resource. A replacement is one operation: create, then delete the old one. */
export interface ResourceOperation {
  readonly kind: 'create' | 'update' | 'replace' | 'delete';
  /** As the new template has it; for `delete` as the deployed one had it. */
  readonly resource: Resource;
  /** As it is deployed now; absent for `create`. */
  readonly previous?: Resource;
  /** The properties that differ, for `update` and `replace`: `Environment.Variables.STAGE`, the outermost that changed. */
  readonly changed: readonly ChangedProperty[];
  /** The old resource stays although the stack lets it go (DeletionPolicy, UpdateReplacePolicy). */
  readonly retained: boolean;
  /** Whether tags of the stack, and so of the resource, change. */
  readonly stackTagsChanged: boolean;
  /** On an update: one of the changes replaces the resource in some cases, which the catalog cannot tell apart. */
  readonly mayReplace?: true;
  /** The operation happens only if a condition turns out so that cannot be decided: what it depends on. */
  readonly onlyIf?: string;
}

export interface ChangedProperty {
  readonly path: string;
  readonly at: SourceLocation;
}

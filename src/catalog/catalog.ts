import type { TypeEntry } from './entry.ts';
import type { ActionReference } from './reference.ts';

/** The knowledge that the pipeline asks for. Reading is lazy: one shard a service, one reference file a prefix. */
export interface Catalog {
  /** What is known about a type, or undefined for a type that the catalog has never heard of. */
  lookup(type: string): TypeEntry | undefined;
  /** The service authorization reference's row for an action in any case, or undefined when there is no such action. */
  action(name: string): ActionReference | undefined;
}

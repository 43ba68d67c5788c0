import type { SourceLocation } from '../source-location.ts';
import type { Text } from '../text.ts';
import type { MapNode, Node, Span } from './node.ts';
import type { StackIdentity } from './template.ts';
import type { Resolved } from './values.ts';

/** All that an intrinsic may ask for while it is resolved. */
export interface Scope {
  readonly stack: StackIdentity;
  /** Exports of the region by name; absent where nobody could read them. */
  readonly exports: ReadonlyMap<string, string> | undefined;
  readonly mappings: MapNode | undefined;
  locate(span: Span): SourceLocation;
  /** The value of any node. */
  resolve(node: Node): Resolved;
  /** What `Ref` gives for a parameter, a pseudo parameter or a resource. */
  reference(name: string, at: Span): Resolved;
  /** What `Fn::GetAtt` gives; the attribute may be known only in part. */
  attribute(logicalId: string, attribute: Text, at: Span): Resolved;
  /** Whether a condition of the template holds. */
  condition(name: string, at: Span): Truth;
  /** Notes an export that the template imports. */
  imported(name: Text, at: Span): void;
  /** Notes a macro: what becomes of its place, only CloudFormation knows. */
  transformed(argument: Node, at: Span): void;
  problem(rule: string, facts: Readonly<Record<string, string>>, at: Span): void;
  /** Counts characters that an intrinsic is about to make; false when the template has used up its share. */
  spend(characters: number): boolean;
}

/** Whether a condition holds; `maybe` says what it depends on. */
export type Truth =
  | { readonly kind: 'yes' }
  | { readonly kind: 'no' }
  | { readonly kind: 'maybe'; readonly missing: string };

export const YES: Truth = { kind: 'yes' };
export const NO: Truth = { kind: 'no' };

/** A function of the template language, applied to its argument. `at` is the place of the whole call. */
export type Intrinsic = (argument: Node, at: Span, scope: Scope) => Resolved;

import type { SourceLocation } from '../source-location.ts';
import type { Text } from '../text.ts';

/**
 * A value of the template after the intrinsics were resolved. Each knows where it was written: for a value that
 * came through `Ref` of a parameter, that is the place of the `Ref`.
 */
export type Value = TextValue | ListValue | MapValue | UnknownValue;

/** A scalar. Numbers and booleans keep their text too, since most properties accept either. */
export interface TextValue {
  readonly kind: 'text';
  readonly text: Text;
  readonly scalar: 'string' | 'number' | 'boolean' | 'null';
  readonly at: SourceLocation;
  /** The resource of this template that the value names, when it is exactly its `Ref` or an attribute. */
  readonly refersTo?: ResourceReference;
  /** Resources that the value names within a longer text. */
  readonly mentions?: readonly ResourceReference[];
}

/** A resource of the template; `attribute` is `Ref`, or the name that `Fn::GetAtt` was given. */
export interface ResourceReference {
  readonly logicalId: string;
  readonly attribute: string;
}

export interface ListValue {
  readonly kind: 'list';
  readonly items: readonly Value[];
  readonly at: SourceLocation;
}

export interface MapValue {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, MapEntry>;
  readonly at: SourceLocation;
}

export interface MapEntry {
  /** Where the key stands. */
  readonly key: SourceLocation;
  readonly value: Value;
}

/** A value of which not even the kind is certain. */
export interface UnknownValue {
  readonly kind: 'unknown';
  /** What it depends on, for a person: `the condition IsProd`, `the export pay-vpc`. */
  readonly missing: string;
  readonly at: SourceLocation;
  /** What it may be, where that is known: both branches of an If whose condition is not. `absent` is AWS::NoValue. */
  readonly alternatives?: readonly (Value | 'absent')[];
}

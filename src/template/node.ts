import type { TextValue } from './value.ts';

/**
 * A template as it is written, before any intrinsic is resolved. Short forms (`!Ref x`) are already maps with one
 * key (`Ref`). Places are UTF-16 offsets; `Lines` makes lines and columns of them, only where they are needed.
 */
export type Node = ScalarNode | ListNode | MapNode;

/** What stands between two offsets. */
export interface Span {
  readonly start: number;
  /** Offset after the last character. */
  readonly end: number;
}

export interface ScalarNode extends Span {
  readonly kind: 'scalar';
  readonly text: string;
  readonly scalar: TextValue['scalar'];
}

export interface ListNode extends Span {
  readonly kind: 'list';
  readonly items: readonly Node[];
}

export interface MapNode extends Span {
  readonly kind: 'map';
  /** A `Map`, so that `__proto__` is a key like any other. The first of two equal keys stays. */
  readonly entries: ReadonlyMap<string, NodeEntry>;
}

export interface NodeEntry {
  readonly key: Span;
  readonly value: Node;
}

/** Something wrong that a reader met, at a place. */
export interface ReadProblem {
  readonly rule: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly span: Span;
}

/** What a reader makes of a text; no root when nothing at all could be read. */
export interface ReadResult {
  readonly root?: Node;
  readonly problems: readonly ReadProblem[];
}

/** Deeper nesting than this is refused; no template that CloudFormation takes comes near it. */
export const MAX_DEPTH = 256;

/** A string scalar that stands at a span. */
export function scalarNode(text: string, span: Span, scalar: TextValue['scalar'] = 'string'): ScalarNode {
  return { kind: 'scalar', text, scalar, start: span.start, end: span.end };
}

/** A map of one entry, as short forms become. */
export function singleEntry(key: string, keySpan: Span, value: Node, end: number): MapNode {
  return {
    kind: 'map',
    entries: new Map([[key, { key: keySpan, value }]]),
    start: keySpan.start,
    end,
  };
}

/** The text of a scalar, or undefined for another node, null or nothing. */
export function scalarText(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && node.scalar !== 'null' ? node.text : undefined;
}

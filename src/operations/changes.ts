import type { ChangedProperty } from '../operations.ts';
import type { SourceLocation } from '../source-location.ts';
import type { MapValue, ResourceReference, Value } from '../template/value.ts';
import type { Text } from '../text.ts';

/** A property that differs, with both values; one is absent where the property is new or gone. */
export interface Change extends ChangedProperty {
  readonly before: Value | undefined;
  readonly after: Value | undefined;
}

/**
 * What differs between two maps of properties: the outermost places, `Environment.Variables.STAGE`, and for a list
 * the list itself. Two unknown values are equal when they depend on the same thing.
 */
export function changesBetween(
  before: MapValue,
  after: MapValue,
  fallback: SourceLocation,
): readonly Change[] {
  const changes: Change[] = [];
  collect(before, after, '', fallback, changes);
  return changes;
}

function collect(
  before: MapValue,
  after: MapValue,
  prefix: string,
  place: SourceLocation,
  changes: Change[],
): void {
  for (const name of new Set([...after.entries.keys(), ...before.entries.keys()])) {
    const old = before.entries.get(name)?.value;
    const now = after.entries.get(name);
    const path = prefix === '' ? name : `${prefix}.${name}`;
    if (old?.kind === 'map' && now?.value.kind === 'map') collect(old, now.value, path, now.key, changes);
    else if (!sameValue(old, now?.value))
      changes.push({ path, at: now?.key ?? place, before: old, after: now?.value });
  }
}

/** Whether two values are the same for a deployment: numbers and booleans by their text. */
export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.kind === 'text' && b.kind === 'text') return sameText(a.text, b.text);
  if (a.kind === 'list' && b.kind === 'list') {
    return (
      a.items.length === b.items.length && a.items.every((item, index) => sameValue(item, b.items[index]))
    );
  }
  if (a.kind === 'map' && b.kind === 'map') {
    if (a.entries.size !== b.entries.size) return false;
    return [...a.entries].every(([name, entry]) => sameValue(entry.value, b.entries.get(name)?.value));
  }
  if (a.kind !== 'unknown' || b.kind !== 'unknown' || a.missing !== b.missing) return false;
  const [left, right] = [a.alternatives ?? [], b.alternatives ?? []];
  return left.length === right.length && left.every((one, index) => sameAlternative(one, right[index]));
}

function sameAlternative(a: Value | 'absent', b: Value | 'absent' | undefined): boolean {
  return a === 'absent' || b === 'absent' ? a === b : sameValue(a, b);
}

/** Equal where certain, and guesses about the same thing at the same places. */
function sameText(a: Text, b: Text): boolean {
  if (a.text !== b.text || a.guesses.length !== b.guesses.length) return false;
  return a.guesses.every((guess, index) => {
    const other = b.guesses[index];
    return guess.start === other?.start && guess.end === other.end && guess.missing === other.missing;
  });
}

/** The top-level places of a map's values that refer to a resource, by dotted path. */
export function referencesIn(
  value: Value,
  path: string,
  found: (reference: ResourceReference, path: string, at: SourceLocation) => void,
): void {
  if (value.kind === 'text') {
    for (const reference of [...(value.refersTo ? [value.refersTo] : []), ...(value.mentions ?? [])]) {
      found(reference, path, value.at);
    }
  } else if (value.kind === 'list') {
    for (const item of value.items) referencesIn(item, path, found);
  } else if (value.kind === 'map') {
    for (const [name, entry] of value.entries)
      referencesIn(entry.value, path === '' ? name : `${path}.${name}`, found);
  } else {
    for (const one of value.alternatives ?? []) if (one !== 'absent') referencesIn(one, path, found);
  }
}

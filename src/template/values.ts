import type { SourceLocation } from '../source-location.ts';
import { certain, type Guess, guessed, isCertain, type Text } from '../text.ts';
import type { ListValue, TextValue, UnknownValue, Value } from './value.ts';

/** What a node resolves to: a value, or nothing at all, as `AWS::NoValue` and its property do. */
export type Resolved = Value | 'absent';

/** A string as a value. */
export function textValue(text: Text | string, at: SourceLocation, more: Partial<TextValue> = {}): TextValue {
  return {
    kind: 'text',
    text: typeof text === 'string' ? certain(text) : text,
    scalar: 'string',
    at,
    ...more,
  };
}

/** A list of strings as a value, each at the place of the list. */
export function textList(texts: readonly (Text | string)[], at: SourceLocation): ListValue {
  return { kind: 'list', items: texts.map((text) => textValue(text, at)), at };
}

/** A value of which not even the kind is certain. */
export function unknownValue(
  missing: string,
  at: SourceLocation,
  alternatives?: readonly Resolved[],
): UnknownValue {
  return alternatives === undefined
    ? { kind: 'unknown', missing, at }
    : { kind: 'unknown', missing, at, alternatives };
}

/** More alternatives than this are not followed; the value is then simply unknown. */
const MAX_ALTERNATIVES = 32;

/**
 * The value of which it is only known that it is one of these. One alternative, or several equal texts, are that
 * value: what does not matter is not missing.
 */
export function oneOf(missing: string, at: SourceLocation, candidates: readonly Resolved[]): Resolved {
  const alternatives: Resolved[] = [];
  for (const candidate of candidates) {
    const nested =
      candidate !== 'absent' && candidate.kind === 'unknown' ? candidate.alternatives : undefined;
    for (const one of nested ?? [candidate])
      if (!alternatives.some((other) => sameText(one, other))) alternatives.push(one);
  }
  const [only] = alternatives;
  if (alternatives.length === 1 && only !== undefined) return only;
  if (alternatives.length > MAX_ALTERNATIVES) return unknownValue(missing, at);
  return unknownValue(missing, at, alternatives);
}

function sameText(a: Resolved, b: Resolved): boolean {
  if (a === 'absent' || b === 'absent') return a === b;
  if (a.kind !== 'text' || b.kind !== 'text') return false;
  return isCertain(a.text) && isCertain(b.text) && a.text.text === b.text.text;
}

/** Stands where nothing better is known; a word that is valid in names, ids and paths. */
export const PLACEHOLDER = 'unknown';

/**
 * A value as text. Of several alternatives, what they begin and end with is certain. A list or a map, which is
 * no text, is a guess.
 */
export function asText(value: Resolved): Text {
  if (value === 'absent') return certain('');
  if (value.kind === 'text') return value.text;
  if (value.kind !== 'unknown') return guessed(PLACEHOLDER, 'a text where the template has a list or a map');
  const texts: Text[] = [];
  for (const alternative of value.alternatives ?? []) {
    if (alternative === 'absent' || alternative.kind !== 'text') return guessed(PLACEHOLDER, value.missing);
    texts.push(alternative.text);
  }
  return commonText(texts, value.missing);
}

/** The longest of the texts, with a guess over all that is not common to all of them. */
function commonText(texts: readonly Text[], missing: string): Text {
  // Of the longest, what is not common has a length, so the guess can be seen.
  const [first, ...others] = [...texts].sort((a, b) => b.text.length - a.text.length);
  if (first === undefined) return guessed(PLACEHOLDER, missing);
  let start = first.guesses[0]?.start ?? first.text.length;
  let end = first.text.length - (first.guesses.at(-1)?.end ?? 0);
  for (const { text, guesses } of others) {
    start = Math.min(
      start,
      guesses[0]?.start ?? text.length,
      commonLength(first.text, text, (a) => a),
    );
    end = Math.min(end, text.length - (guesses.at(-1)?.end ?? 0));
    end = Math.min(
      end,
      commonLength(first.text, text, (at, length) => length - 1 - at),
    );
  }
  const shortest = Math.min(...texts.map(({ text }) => text.length));
  end = Math.min(end, shortest - start);
  const guess: Guess = { start, end: first.text.length - end, missing };
  return { text: first.text, guesses: [guess] };
}

function commonLength(a: string, b: string, index: (at: number, length: number) => number): number {
  const shorter = Math.min(a.length, b.length);
  let at = 0;
  while (at < shorter && a[index(at, a.length)] === b[index(at, b.length)]) at += 1;
  return at;
}

/** The text when it is certain, else undefined. */
export function certainText(value: Resolved | undefined): string | undefined {
  if (value === undefined || value === 'absent' || value.kind !== 'text') return undefined;
  return isCertain(value.text) ? value.text.text : undefined;
}

/** What a value depends on, where it is not certain. */
export function missingOf(value: Resolved): string {
  if (value === 'absent') return 'a value that is not there';
  if (value.kind === 'unknown') return value.missing;
  if (value.kind === 'text') return value.text.guesses.map((guess) => guess.missing).join(', ');
  return 'a list or a map';
}

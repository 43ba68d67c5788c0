import type { Text } from '../text.ts';
import type { Tri } from './tri.ts';

/**
 * A pattern of a policy with `*` (any text) and `?` (one UTF-16 unit), compiled to the literal segments between its
 * stars. Segments are found leftmost first, so that no pattern, however hostile, needs backtracking.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export interface Glob {
  readonly segments: readonly Segment[];
  /** The pattern has no star and no `?`: equality is enough. */
  readonly literal: string | undefined;
}

interface Segment {
  readonly text: string;
  /** Offsets of `?` in the text. */
  readonly any: readonly number[];
}

/** One piece of a pattern: text to be taken as it is, or a wildcard. */
export type Piece = string | { readonly wildcard: '*' | '?' };

/** Stands for a guess while matching: no segment can contain it, so that only a star covers it. */
const GUESS = '\uFFFF';

/** Compiles a pattern whose wildcards are `*` and `?`. */
export function globOf(pattern: string): Glob {
  return globOfPieces(piecesOf(pattern));
}

/** Splits a pattern into its literal and its wildcard pieces. */
export function piecesOf(pattern: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at];
    if (char !== '*' && char !== '?') continue;
    if (at > start) pieces.push(pattern.slice(start, at));
    pieces.push({ wildcard: char });
    start = at + 1;
  }
  if (start < pattern.length) pieces.push(pattern.slice(start));
  return pieces;
}

/** Compiles pieces, where text is literal even if it holds a star. */
export function globOfPieces(pieces: readonly Piece[]): Glob {
  const segments: { text: string; any: number[] }[] = [];
  let current = { text: '', any: [] as number[] };
  let wild = false;
  for (const piece of pieces) {
    if (typeof piece === 'string') current.text += piece;
    else if (piece.wildcard === '?') {
      current.any.push(current.text.length);
      current.text += '?';
      wild = true;
    } else {
      segments.push(current);
      current = { text: '', any: [] };
      wild = true;
    }
  }
  segments.push(current);
  return { segments, literal: wild ? undefined : current.text };
}

/**
 * Whether the pattern matches: `yes` when it does whatever the guesses stand for, `no` when it does for no filling of
 * them, else `maybe`. A guess stands for any text of any length.
 */
export function matchGlob(glob: Glob, text: Text): Tri {
  if (text.guesses.length === 0) return matchesText(glob, text.text) ? 'yes' : 'no';
  const pieces = around(text);
  if (matchesText(glob, pieces.join(GUESS))) return 'yes';
  return mayMatch(glob, pieces) ? 'maybe' : 'no';
}

/** Whether the pattern matches certain text. */
export function matchesText(glob: Glob, text: string): boolean {
  if (glob.literal !== undefined) return glob.literal === text;
  const { segments } = glob;
  const [first] = segments;
  const last = segments[segments.length - 1];
  if (first === undefined || last === undefined || !isAt(first, text, 0)) return false;
  if (segments.length === 1) return first.text.length === text.length;
  const end = text.length - last.text.length;
  if (end < first.text.length || !isAt(last, text, end)) return false;
  let at = first.text.length;
  for (let index = 1; index < segments.length - 1; index += 1) {
    const segment = segments[index];
    if (segment === undefined || segment.text === '') continue;
    const found = find(segment, text, at, end - segment.text.length);
    if (found < 0) return false;
    at = found + segment.text.length;
  }
  return true;
}

function isAt(segment: Segment, text: string, at: number): boolean {
  if (segment.any.length === 0) return text.startsWith(segment.text, at);
  if (at + segment.text.length > text.length) return false;
  let from = 0;
  for (const any of segment.any) {
    if (!text.startsWith(segment.text.slice(from, any), at + from) || text[at + any] === GUESS) return false;
    from = any + 1;
  }
  return text.startsWith(segment.text.slice(from), at + from);
}

function find(segment: Segment, text: string, from: number, latest: number): number {
  if (segment.any.length === 0) {
    const found = text.indexOf(segment.text, from);
    return found <= latest ? found : -1;
  }
  for (let at = from; at <= latest; at += 1) if (isAt(segment, text, at)) return at;
  return -1;
}

/** The certain pieces before, between and after the guesses. */
function around(text: Text): readonly string[] {
  const pieces: string[] = [];
  let at = 0;
  for (const guess of text.guesses) {
    pieces.push(text.text.slice(at, guess.start));
    at = guess.end;
  }
  pieces.push(text.text.slice(at));
  return pieces;
}

/** Patterns times texts longer than this are not walked through: they may match. It is far beyond real policies. */
const MOST_STEPS = 4_000_000;

/** Whether some filling of the guesses matches: both sides have stars, so their common words are looked for. */
function mayMatch(glob: Glob, pieces: readonly string[]): boolean {
  const pattern = unitsOfGlob(glob);
  const text = unitsOfPieces(pieces);
  if (pattern.length * text.length > MOST_STEPS) return true;
  // reach[j]: the pattern read so far can match the first j units of the text.
  let reach = new Uint8Array(text.length + 1);
  reach[0] = 1;
  skipGuesses(reach, text);
  for (const unit of pattern) {
    const next = new Uint8Array(text.length + 1);
    if (unit === '*') {
      let open = 0;
      for (let j = 0; j <= text.length; j += 1) {
        open |= reach[j] ?? 0;
        next[j] = open;
      }
    } else {
      for (let j = 0; j < text.length; j += 1) {
        if (reach[j] !== 1) continue;
        const other = text[j];
        if (other === '*') next[j] = 1;
        else if (unit === '?' || unit === other) next[j + 1] = 1;
      }
    }
    skipGuesses(next, text);
    reach = next;
  }
  return reach[text.length] === 1;
}

/** A guess may also stand for nothing. */
function skipGuesses(reach: Uint8Array, text: readonly string[]): void {
  for (let j = 0; j < text.length; j += 1) if (reach[j] === 1 && text[j] === '*') reach[j + 1] = 1;
}

/** `*` and `?` are wildcards; a literal unit is prefixed so that a literal star is none. */
function unitsOfGlob(glob: Glob): readonly string[] {
  return glob.segments.flatMap((segment, index) => [
    ...(index === 0 ? [] : ['*']),
    ...segment.text.split('').map((unit, at) => (segment.any.includes(at) ? '?' : `=${unit}`)),
  ]);
}

function unitsOfPieces(pieces: readonly string[]): readonly string[] {
  return pieces.flatMap((piece, index) => [
    ...(index === 0 ? [] : ['*']),
    ...piece.split('').map((unit) => `=${unit}`),
  ]);
}

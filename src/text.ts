/**
 * Text that may be known only in part.
 *
 * `text` is always concrete: what is certain, with a placeholder of the right shape wherever something is not
 * (`pay-bucket-1a2b3c4d5e6f`). `guesses` says which spans of it are placeholders. So the simulator, which needs
 * concrete ARNs, and our evaluator, which must not decide on a guess, read the same value.
 */
export interface Text {
  readonly text: string;
  /** Sorted, not overlapping, each within `text`. Empty: the text is certain. */
  readonly guesses: readonly Guess[];
}

/** One span of a `Text` that is a placeholder for a value of any length. */
export interface Guess {
  /** UTF-16 offset of the first character of the placeholder. */
  readonly start: number;
  /** Offset after its last character. */
  readonly end: number;
  /** What is missing, for a person: `the export pay-vpc`, `the suffix that CloudFormation adds`. */
  readonly missing: string;
  /**
   * What may stand there: `name` when it can only be letters, digits, hyphens and underscores, as the suffix of a
   * generated name or an id, so that the text around it can still be split at a colon or a slash.
   */
  readonly chars?: 'name';
}

/** Text that is certain. */
export function certain(text: string): Text {
  return { text, guesses: [] };
}

/** Text of which nothing is certain: `placeholder` stands for it, `missing` says what it depends on. */
export function guessed(placeholder: string, missing: string): Text {
  return { text: placeholder, guesses: [{ start: 0, end: placeholder.length, missing }] };
}

/** The same for a value of which it is certain that it has only letters, digits, hyphens and underscores. */
export function guessedName(placeholder: string, missing: string): Text {
  return { text: placeholder, guesses: [{ start: 0, end: placeholder.length, missing, chars: 'name' }] };
}

/** Whether all of the text is certain. */
export function isCertain(text: Text): boolean {
  return text.guesses.length === 0;
}

/** The texts one after the other, with the guesses moved along. */
export function concat(...parts: readonly (Text | string)[]): Text {
  return concatAll(parts);
}

/** The same for any number of parts. */
export function concatAll(parts: Iterable<Text | string>): Text {
  let text = '';
  const guesses: Guess[] = [];
  for (const part of parts) {
    if (typeof part === 'string') {
      text += part;
      continue;
    }
    for (const guess of part.guesses) {
      guesses.push({ ...guess, start: guess.start + text.length, end: guess.end + text.length });
    }
    text += part.text;
  }
  return { text, guesses };
}

/** The part of the text between two offsets; a guess that is cut stays a guess. */
export function slice(text: Text, start: number, end: number = text.text.length): Text {
  const guesses = text.guesses
    .filter((guess) => guess.end > start && guess.start < end)
    .map((guess) => ({
      ...guess,
      start: Math.max(guess.start, start) - start,
      end: Math.min(guess.end, end) - start,
    }));
  return { text: text.text.slice(start, end), guesses };
}

/** The certain part as a glob, `*` for each guess: `arn:aws:s3:::pay-bucket-*`. For people, not for matching. */
export function pattern(text: Text): string {
  let result = '';
  let at = 0;
  for (const guess of text.guesses) {
    result += `${text.text.slice(at, guess.start)}*`;
    at = guess.end;
  }
  return result + text.text.slice(at);
}

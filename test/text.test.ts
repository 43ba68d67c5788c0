import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { certain, concat, guessed, isCertain, pattern, slice, type Text } from '../src/text.ts';

const text = fc
  .array(
    fc.oneof(
      fc.string().map(certain),
      fc.string({ minLength: 1 }).map((placeholder) => guessed(placeholder, 'x')),
    ),
  )
  .map((parts) => concat(...parts));

describe('text with guesses', () => {
  test('a bucket that CloudFormation names keeps what is certain', () => {
    const name = concat('pay-bucket-', guessed('1a2b3c4d5e6f', 'the suffix that CloudFormation adds'));
    expect(name.text).toBe('pay-bucket-1a2b3c4d5e6f');
    expect(pattern(concat('arn:aws:s3:::', name, '/*'))).toBe('arn:aws:s3:::pay-bucket-*/*');
    expect(isCertain(name)).toBe(false);
    expect(isCertain(slice(name, 0, 11))).toBe(true);
  });

  test('guesses always lie inside the text, in order', () => {
    fc.assert(
      fc.property(text, ({ text, guesses }) => {
        let at = 0;
        for (const guess of guesses) {
          expect(guess.start).toBeGreaterThanOrEqual(at);
          expect(guess.end).toBeGreaterThan(guess.start);
          at = guess.end;
        }
        expect(at).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  test('a text cut in two and joined again is the same text', () => {
    fc.assert(
      fc.property(text, fc.nat(), (whole, at) => {
        const cut = at % (whole.text.length + 1);
        const joined = concat(slice(whole, 0, cut), slice(whole, cut));
        expect(joined.text).toBe(whole.text);
        const folded = (text: Text): string => pattern(text).replace(/\*+/g, '*');
        expect(folded(joined)).toBe(folded(whole));
      }),
    );
  });
});

import type { ReadProblem } from './node.ts';

/** CloudFormation takes 1 MB from S3; what is larger by far is not read at all. */
export const MAX_BYTES = 4 * 1024 * 1024;

interface Decoded {
  readonly text: string;
  readonly bytes: number;
  readonly problems: readonly ReadProblem[];
}

/**
 * The text of a template file: UTF-8, or UTF-16 where a byte order mark or its zero bytes say so; without the mark.
 * A file that is no text, or too large to be read, is empty text and a problem.
 */
export function decode(input: string | Uint8Array): Decoded {
  const bytes = typeof input === 'string' ? Buffer.byteLength(input) : input.byteLength;
  if (bytes > MAX_BYTES) {
    return refused(bytes, 'template-too-large', { bytes: String(bytes), limit: String(MAX_BYTES) });
  }
  if (typeof input === 'string') return { text: withoutMark(input), bytes, problems: [] };
  const encoding = encodingOf(input);
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(input);
    return { text: withoutMark(text), bytes, problems: [] };
  } catch {
    return refused(bytes, 'template-encoding', { encoding });
  }
}

function refused(bytes: number, rule: string, facts: Readonly<Record<string, string>>): Decoded {
  return { text: '', bytes, problems: [{ rule, facts, span: { start: 0, end: 0 } }] };
}

function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** By the byte order mark, or by where the zero bytes of the first (ASCII) characters stand. */
function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (bytes.length < 4) return 'utf-8';
  if (first === 0 && second !== 0 && bytes[2] === 0) return 'utf-16be';
  if (first !== 0 && second === 0 && bytes[3] === 0) return 'utf-16le';
  return 'utf-8';
}

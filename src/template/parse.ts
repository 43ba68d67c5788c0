import type { SourceLocation } from '../source-location.ts';
import { decode } from './decode.ts';
import { Lines } from './lines.ts';
import type { MapNode, ReadResult, Span } from './node.ts';
import { readJson } from './read-json.ts';
import { readPlainYaml } from './read-plain-yaml.ts';
import { readYaml } from './read-yaml.ts';
import type { TemplateProblem } from './template.ts';

/** A template as it is written: a tree with places, nothing resolved. */
export interface ParsedTemplate {
  readonly file: string;
  /** Size of the file. */
  readonly bytes: number;
  /** Absent where there is no map to speak of; `problems` says why. */
  readonly root?: MapNode;
  readonly problems: readonly TemplateProblem[];
  /** The place of a span of the file. */
  readonly locate: (span: Span) => SourceLocation;
  /** Whether `{{resolve:` occurs at all, so that most templates need not be searched for it. */
  readonly hasDynamicReferences: boolean;
}

/**
 * Reads a template, YAML or JSON, in any of the encodings that editors write. Never throws for what is in the
 * text: all that is wrong comes back as located problems, together with what could be read all the same.
 */
export async function parseTemplate(input: string | Uint8Array, file: string): Promise<ParsedTemplate> {
  const decoded = decode(input);
  const { text, bytes } = decoded;
  const lines = new Lines(file, text);
  const locate = (span: Span): SourceLocation => lines.at(span);
  const read: ReadResult =
    decoded.problems.length > 0 ? { problems: decoded.problems } : await readText(text);
  const problems = read.problems.map(({ rule, facts, span }) => ({ rule, facts, at: locate(span) }));
  const base = { file, bytes, locate, hasDynamicReferences: text.includes('{{resolve:') };
  if (read.root?.kind === 'map') return { ...base, root: read.root, problems };
  if (problems.length === 0) {
    const at = locate(read.root ?? { start: 0, end: 0 });
    problems.push({ rule: 'template-syntax', facts: { message: 'the template is not a map' }, at });
  }
  return { ...base, problems };
}

/**
 * What starts with a brace is JSON, unless only YAML can read it (comments, bare keys). Everything else is YAML:
 * by the quick reader where it is sure of itself, else by the complete one.
 */
async function readText(text: string): Promise<ReadResult> {
  const zero = text.indexOf('\0');
  if (zero !== -1) {
    const facts = { message: 'a NUL byte in the template' };
    return { problems: [{ rule: 'template-syntax', facts, span: { start: zero, end: zero + 1 } }] };
  }
  if (/^\s*\{/.test(text)) {
    const json = readJson(text);
    if (json.root !== undefined || json.problems.some(({ rule }) => rule === 'template-too-deep'))
      return json;
    const yaml = await readYaml(text);
    return yaml.problems.length === 0 ? yaml : json;
  }
  const plain = readPlainYaml(text);
  return plain === undefined ? readYaml(text) : plain;
}

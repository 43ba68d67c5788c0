import type { Text } from '../text.ts';
import { type Glob, globOf, globOfPieces, type Piece, piecesOf } from './glob.ts';
import type { RequestContext } from './request.ts';

/**
 * A pattern that may hold policy variables: `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`, and the literals
 * `${*}`, `${?}` and `${$}`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export interface PatternTemplate {
  /** The compiled pattern, when it holds no variable that depends on the request. */
  readonly fixed: Glob | undefined;
  readonly parts: readonly Part[];
}

type Part = Piece | { readonly variable: string; readonly fallback: string | undefined };

/** A pattern made concrete for one request. */
export type Filled =
  | { readonly state: 'filled'; readonly glob: Glob; readonly text: string }
  /** A variable has no value, so the pattern matches nothing. */
  | { readonly state: 'unresolved' }
  | { readonly state: 'unknown'; readonly key: string };

/** Compiles a pattern. Variables are text in policies of the older version, and when `variables` is false. */
export function patternTemplate(pattern: string, variables: boolean): PatternTemplate {
  if (!variables || !pattern.includes('${')) return { fixed: globOf(pattern), parts: piecesOf(pattern) };
  const parts: Part[] = [];
  let at = 0;
  while (at < pattern.length) {
    const open = pattern.indexOf('${', at);
    const close = open < 0 ? -1 : pattern.indexOf('}', open);
    if (close < 0) break;
    parts.push(...piecesOf(pattern.slice(at, open)), variablePart(pattern.slice(open + 2, close)));
    at = close + 1;
  }
  parts.push(...piecesOf(pattern.slice(at)));
  const pieces = parts.filter((part): part is Piece => typeof part === 'string' || 'wildcard' in part);
  return { fixed: pieces.length === parts.length ? globOfPieces(pieces) : undefined, parts };
}

function variablePart(body: string): Part {
  if (body === '*' || body === '?' || body === '$') return body;
  const comma = body.indexOf(',');
  if (comma < 0) return { variable: body.trim(), fallback: undefined };
  const fallback = /^\s*'(.*)'\s*$/.exec(body.slice(comma + 1))?.[1];
  return { variable: body.slice(0, comma).trim(), fallback };
}

/**
 * Fills in the variables. A multi-valued key never resolves, its default included. The value's own text is literal:
 * a star in it matches a star.
 */
export function fill(template: PatternTemplate, context: RequestContext): Filled {
  if (template.fixed !== undefined) return { state: 'filled', glob: template.fixed, text: '' };
  const pieces: Piece[] = [];
  let text = '';
  for (const part of template.parts) {
    if (typeof part === 'string' || 'wildcard' in part) {
      pieces.push(part);
      text += typeof part === 'string' ? part : part.wildcard;
      continue;
    }
    const value = valueOf(part.variable, context);
    if (value === 'unknown') return { state: 'unknown', key: part.variable };
    if (value === 'multivalued') return { state: 'unresolved' };
    const resolved = value ?? part.fallback;
    if (resolved === undefined) return { state: 'unresolved' };
    pieces.push(resolved);
    text += resolved;
  }
  return { state: 'filled', glob: globOfPieces(pieces), text };
}

function valueOf(key: string, context: RequestContext): string | undefined | 'unknown' | 'multivalued' {
  const value = context.entries.get(key.toLowerCase());
  if (value === undefined) return context.otherwise === 'unknown' ? 'unknown' : undefined;
  if (value.state === 'absent') return undefined;
  if (value.state === 'unknown') return 'unknown';
  if (value.multivalued) return 'multivalued';
  const only: Text | undefined = value.values[0];
  if (only === undefined) return undefined;
  return only.guesses.length > 0 ? 'unknown' : only.text;
}

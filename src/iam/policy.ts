import type { PolicySource } from './policy-set.ts';
import { type StatementSpan, statementSpans } from './policy-text.ts';

/** The grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export interface Policy {
  readonly source: PolicySource;
  /** Policy variables are text in the older version. */
  readonly version: '2008-10-17' | '2012-10-17';
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly sid: string | undefined;
  readonly index: number;
  readonly span: StatementSpan | undefined;
  readonly actions: Element;
  /** Absent in trust policies, where the role is the resource. */
  readonly resources: Element | undefined;
  /** Absent in identity policies. */
  readonly principals: Principals | undefined;
  readonly conditions: readonly ConditionTerm[];
}

/** `Action` or `NotAction`, `Resource` or `NotResource`. */
export interface Element {
  readonly negated: boolean;
  readonly patterns: readonly string[];
}

/** `Principal` or `NotPrincipal`: kind (`AWS`, `Service`, `Federated`, `CanonicalUser`) and value; `*` is kind `*`. */
export interface Principals {
  readonly negated: boolean;
  readonly entries: readonly { readonly kind: string; readonly value: string }[];
}

/** One key of one operator. */
export interface ConditionTerm {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** A document that is no policy, with the place in its text. */
export interface PolicyError {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** AWS stores no policy nearly as large: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MOST_CHARACTERS = 262_144;

/** Parses a policy document, or says where it is wrong. Never throws, whatever the text. */
export function parsePolicy(source: PolicySource): Policy | PolicyError {
  const { text } = source;
  if (text.length > MOST_CHARACTERS) return error('longer than any policy that AWS stores');
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    return jsonError(text, cause);
  }
  if (!isObject(document)) return error('not a JSON object');
  const version = document.Version ?? '2008-10-17';
  if (version !== '2008-10-17' && version !== '2012-10-17') return error('Version is neither 2012-10-17 nor 2008-10-17');
  const listed = document.Statement;
  if (listed === undefined) return error('Statement is missing');
  const statements = Array.isArray(listed) ? listed : [listed];
  const spans = statementSpans(text);
  const parsed: Statement[] = [];
  for (const [index, statement] of statements.entries()) {
    const result = parseStatement(statement, index, spans[index]);
    if (typeof result === 'string') {
      const { line, column } = spans[index] ?? { line: 1, column: 1 };
      return { message: `statement ${index + 1}: ${result}`, line, column };
    }
    parsed.push(result);
  }
  return { source, version, statements: parsed };
}

/** Whether parsing went wrong. */
export function isPolicyError(result: Policy | PolicyError): result is PolicyError {
  return 'message' in result;
}

function error(message: string): PolicyError {
  return { message, line: 1, column: 1 };
}

function jsonError(text: string, cause: unknown): PolicyError {
  const message = cause instanceof Error ? cause.message : '';
  const offset = Number(/position (\d+)/.exec(message)?.[1] ?? (/end of JSON/.test(message) ? text.length : 0));
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { message: 'not JSON', line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function parseStatement(value: unknown, index: number, span: StatementSpan | undefined): Statement | string {
  if (!isObject(value)) return 'not an object';
  const effect = value.Effect;
  if (effect !== 'Allow' && effect !== 'Deny') return 'Effect is neither Allow nor Deny';
  if (value.Sid !== undefined && typeof value.Sid !== 'string') return 'Sid is not text';
  const actions = element(value.Action, value.NotAction, 'Action');
  if (typeof actions === 'string') return actions;
  if (actions === undefined) return 'Action is missing';
  const resources = element(value.Resource, value.NotResource, 'Resource');
  if (typeof resources === 'string') return resources;
  const principals = parsePrincipals(value);
  if (typeof principals === 'string') return principals;
  const conditions = parseConditions(value.Condition);
  if (typeof conditions === 'string') return conditions;
  return { effect, sid: value.Sid, index, span, actions, resources, principals, conditions };
}

function element(plain: unknown, negated: unknown, name: string): Element | undefined | string {
  if (plain !== undefined && negated !== undefined) return `${name} and Not${name} together`;
  if (plain === undefined && negated === undefined) return undefined;
  const patterns = texts(plain ?? negated);
  return patterns === undefined ? `${name} is neither text nor a list of text` : { negated: plain === undefined, patterns };
}

function parsePrincipals(statement: Readonly<Record<string, unknown>>): Principals | undefined | string {
  const { Principal: plain, NotPrincipal: negated } = statement;
  if (plain !== undefined && negated !== undefined) return 'Principal and NotPrincipal together';
  const value = plain ?? negated;
  if (value === undefined) return undefined;
  if (value === '*') return { negated: plain === undefined, entries: [{ kind: '*', value: '*' }] };
  if (!isObject(value)) return 'Principal is neither * nor an object';
  const entries: { kind: string; value: string }[] = [];
  for (const [kind, listed] of Object.entries(value)) {
    const values = texts(listed);
    if (values === undefined) return `Principal ${kind} is neither text nor a list of text`;
    for (const one of values) entries.push(kind === 'AWS' && one === '*' ? { kind: '*', value: '*' } : { kind, value: one });
  }
  return { negated: plain === undefined, entries };
}

function parseConditions(value: unknown): readonly ConditionTerm[] | string {
  if (value === undefined) return [];
  if (!isObject(value)) return 'Condition is not an object';
  const terms: ConditionTerm[] = [];
  for (const [operator, keys] of Object.entries(value)) {
    if (!isObject(keys)) return `Condition ${operator} is not an object`;
    for (const [key, listed] of Object.entries(keys)) {
      const values = texts(listed);
      if (values === undefined) return `Condition ${operator} ${key} is neither a value nor a list of values`;
      terms.push({ operator, key, values });
    }
  }
  return terms;
}

/** One or many scalars as text; numbers and booleans are accepted as IAM accepts them. */
function texts(value: unknown): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const result: string[] = [];
  for (const item of list) {
    if (typeof item === 'string') result.push(item);
    else if (typeof item === 'number' || typeof item === 'boolean') result.push(String(item));
    else return undefined;
  }
  return result;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { isCertain, type Text } from '../text.ts';
import type { Node, Span } from './node.ts';
import { scalarText } from './node.ts';
import { NO, type Scope, type Truth, YES } from './scope.ts';
import { asText, missingOf, type Resolved } from './values.ts';

/**
 * Whether a condition expression holds:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
 * What is no condition is a problem, and maybe.
 */
export function truthOf(node: Node, scope: Scope): Truth {
  const [only, ...others] = node.kind === 'map' ? node.entries : [];
  if (only === undefined || others.length > 0) return literal(node, scope);
  const [name, { value, key }] = only;
  const evaluate = FUNCTIONS.get(name);
  if (evaluate !== undefined) return evaluate(value, key, scope);
  return malformed(scope, name, key, 'a condition function');
}

type ConditionFunction = (argument: Node, at: Span, scope: Scope) => Truth;

const FUNCTIONS: ReadonlyMap<string, ConditionFunction> = new Map<string, ConditionFunction>([
  ['Condition', named],
  ['Fn::And', (argument, at, scope) => every(operands('Fn::And', argument, at, scope, 2, 10), scope, YES)],
  ['Fn::Or', (argument, at, scope) => not(every(operands('Fn::Or', argument, at, scope, 2, 10), scope, NO))],
  [
    'Fn::Not',
    (argument, at, scope) => not(every(operands('Fn::Not', argument, at, scope, 1, 1), scope, YES)),
  ],
  ['Fn::Equals', equals],
  ['Fn::Contains', (argument, at, scope) => members('Fn::Contains', argument, at, scope)],
  ['Fn::EachMemberEquals', (argument, at, scope) => members('Fn::EachMemberEquals', argument, at, scope)],
  ['Fn::EachMemberIn', (argument, at, scope) => members('Fn::EachMemberIn', argument, at, scope)],
]);

function named(argument: Node, at: Span, scope: Scope): Truth {
  const name = scalarText(argument);
  return name === undefined
    ? malformed(scope, 'Condition', at, 'the name of a condition')
    : scope.condition(name, at);
}

/** A bare `true` or `false`, as macros leave behind. */
function literal(node: Node, scope: Scope): Truth {
  const text = scalarText(node)?.toLowerCase();
  if (text === 'true') return YES;
  if (text === 'false') return NO;
  return malformed(scope, 'Conditions', node, 'a condition function');
}

function malformed(scope: Scope, name: string, at: Span, expected: string): Truth {
  scope.problem('intrinsic-syntax', { function: name, expected }, at);
  return { kind: 'maybe', missing: `the malformed ${name}` };
}

/** The operands, or a single maybe where their number is wrong. */
function operands(
  name: string,
  argument: Node,
  at: Span,
  scope: Scope,
  least: number,
  most: number,
): readonly Node[] | Truth {
  const items = argument.kind === 'list' ? argument.items : [];
  if (items.length >= least && items.length <= most) return items;
  const expected = least === most ? `a list of ${least}` : `a list of ${least} to ${most}`;
  return malformed(scope, name, at, `${expected} conditions`);
}

/**
 * And: no when any operand is no, maybe when any is maybe. With `against` NO every operand is inverted first, so
 * that Or is the inverse of it. All operands are evaluated: each may have a problem to report.
 */
function every(conditions: readonly Node[] | Truth, scope: Scope, against: Truth): Truth {
  if (!Array.isArray(conditions)) return conditions as Truth;
  let result: Truth = YES;
  for (const condition of conditions as readonly Node[]) {
    const truth = against.kind === 'yes' ? truthOf(condition, scope) : not(truthOf(condition, scope));
    if (truth.kind === 'no') result = NO;
    else if (truth.kind === 'maybe' && result.kind === 'yes') result = truth;
  }
  return result;
}

function not(truth: Truth): Truth {
  if (truth.kind === 'maybe') return truth;
  return truth.kind === 'yes' ? NO : YES;
}

function equals(argument: Node, at: Span, scope: Scope): Truth {
  const [left, right, ...others] = argument.kind === 'list' ? argument.items : [];
  if (left === undefined || right === undefined || others.length > 0) {
    return malformed(scope, 'Fn::Equals', at, 'a list of two values');
  }
  return equalValues(scope.resolve(left), scope.resolve(right));
}

/**
 * The functions of the Rules section on two lists (or a list and a text):
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-rules.html
 */
function members(name: string, argument: Node, at: Span, scope: Scope): Truth {
  const [left, right] = argument.kind === 'list' ? argument.items : [];
  if (left === undefined || right === undefined) return malformed(scope, name, at, 'two lists');
  const [first, second] = [left, right].map((node) => itemsOf(scope.resolve(node)));
  if (first === undefined || second === undefined) return { kind: 'maybe', missing: `the values of ${name}` };
  const isIn = (value: Resolved, list: readonly Resolved[]): Truth =>
    anyOf(list.map((one) => equalValues(value, one)));
  if (name === 'Fn::Contains') return anyOf(second.map((value) => isIn(value, first)));
  return allOf(first.map((value) => isIn(value, second)));
}

function itemsOf(value: Resolved): readonly Resolved[] | undefined {
  if (value === 'absent' || value.kind === 'map') return undefined;
  if (value.kind === 'list') return value.items;
  return value.kind === 'text'
    ? [value]
    : value.alternatives?.length === 1
      ? itemsOf(value.alternatives[0] ?? 'absent')
      : undefined;
}

function anyOf(truths: readonly Truth[]): Truth {
  return not(allOf(truths.map(not)));
}

/** Whether two values are equal: by their text, not by its kind, and letter by letter. */
export function equalValues(left: Resolved, right: Resolved): Truth {
  if (left !== 'absent' && right !== 'absent' && left.kind === 'list' && right.kind === 'list') {
    if (left.items.length !== right.items.length) return NO;
    return allOf(left.items.map((item, index) => equalValues(item, right.items[index] ?? 'absent')));
  }
  const candidates = alternativesOf(left).flatMap((a) =>
    alternativesOf(right).map((b) => equalTexts(asText(a), asText(b))),
  );
  if (candidates.every((truth) => truth.kind === 'yes')) return YES;
  if (candidates.every((truth) => truth.kind === 'no')) return NO;
  const missing = [left, right].map((value) => (certainValue(value) ? '' : missingOf(value))).filter(Boolean);
  return { kind: 'maybe', missing: missing.join(', ') };
}

function certainValue(value: Resolved): boolean {
  return value !== 'absent' && value.kind === 'text' && isCertain(value.text);
}

function alternativesOf(value: Resolved): readonly Resolved[] {
  return value !== 'absent' && value.kind === 'unknown' ? (value.alternatives ?? [value]) : [value];
}

function allOf(truths: readonly Truth[]): Truth {
  if (truths.some((truth) => truth.kind === 'no')) return NO;
  return truths.find((truth) => truth.kind === 'maybe') ?? YES;
}

/** Certain texts are compared; guesses can only be told apart by what stands before and after them. */
function equalTexts(a: Text, b: Text): Truth {
  if (isCertain(a) && isCertain(b)) return a.text === b.text ? YES : NO;
  const starts = Math.min(prefix(a).length, prefix(b).length);
  const ends = Math.min(suffix(a).length, suffix(b).length);
  const apart =
    prefix(a).slice(0, starts) !== prefix(b).slice(0, starts) ||
    suffix(a).slice(suffix(a).length - ends) !== suffix(b).slice(suffix(b).length - ends);
  return apart
    ? NO
    : { kind: 'maybe', missing: [...a.guesses, ...b.guesses].map((guess) => guess.missing).join(', ') };
}

function prefix(text: Text): string {
  return text.text.slice(0, text.guesses[0]?.start ?? text.text.length);
}

function suffix(text: Text): string {
  return text.text.slice(text.guesses.at(-1)?.end ?? 0);
}

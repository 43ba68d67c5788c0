import type { MissingFact } from '../evaluation.ts';
import type { ConditionTerm } from '../policy.ts';
import type { ContextValue, RequestContext } from '../request.ts';
import { not, or, type Tri } from '../tri.ts';
import { fill, type PatternTemplate, patternTemplate } from '../variables.ts';
import { type Compared, type Mode, type Operator, operators } from './operators.ts';

/** One term of a condition, compiled. */
export interface CompiledTerm {
  readonly term: ConditionTerm;
  /** In lower case, as contexts hold their keys. */
  readonly key: string;
  readonly quantifier: 'ForAllValues' | 'ForAnyValue' | undefined;
  readonly ifExists: boolean;
  /** `Null` has no operator; an operator that nobody knows matches nothing. */
  readonly operator: Operator | 'null' | undefined;
  readonly wanted: readonly PatternTemplate[];
}

/** What a deny or an allow makes of a value of the policy that is not of the operator's type. */
export type Effect = 'Allow' | 'Deny';

/** Compiles a term; policy variables are text in the older version of the language. */
export function compileTerm(term: ConditionTerm, variables: boolean): CompiledTerm {
  const [, quantifier, base = ''] = /^(?:(ForAllValues|ForAnyValue):)?(.*)$/i.exec(term.operator) ?? [];
  const lower = base.toLowerCase();
  const ifExists = lower.endsWith('ifexists') && lower !== 'null';
  const name = ifExists ? lower.slice(0, -'ifexists'.length) : lower;
  const operator = name === 'null' ? 'null' : operators.get(name);
  const all = quantifier?.toLowerCase() === 'forallvalues';
  return {
    term,
    key: term.key.toLowerCase(),
    quantifier: quantifier === undefined ? undefined : all ? 'ForAllValues' : 'ForAnyValue',
    ifExists,
    operator,
    wanted: term.values.map((value) => patternTemplate(value, variables)),
  };
}

/**
 * Whether the term holds for a request. Rules for absent keys and several values:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists
 * A fact that leaves it open is added to `missing`.
 */
export function termHolds(
  compiled: CompiledTerm,
  context: RequestContext,
  effect: Effect,
  mode: Mode,
  missing: MissingFact[],
): Tri {
  const value: ContextValue | undefined = context.entries.get(compiled.key);
  const { operator, quantifier } = compiled;
  if (operator === undefined) return 'no';
  const unknown = value === undefined ? context.otherwise === 'unknown' : value.state === 'unknown';
  if (unknown) {
    missing.push({ kind: 'context', what: compiled.term.key });
    return 'maybe';
  }
  const present = value?.state === 'present';
  if (operator === 'null') return nullHolds(compiled, present);
  if (!present) {
    if (compiled.ifExists || quantifier === 'ForAllValues') return 'yes';
    return quantifier === 'ForAnyValue' || !operator.negated ? 'no' : 'yes';
  }
  // A key with several values never satisfies an operator for one value, nor that operator's opposite.
  if (value.multivalued && quantifier === undefined) return 'no';
  const results = value.values.map((one): Tri => {
    const result = valueHolds(compiled, operator, one, context, effect, mode, missing);
    if (result === 'maybe') for (const guess of one.guesses) missing.push({ kind: 'guess', what: guess.missing });
    return result;
  });
  if (quantifier === 'ForAllValues') return not(or(...results.map(not)));
  return or(...results);
}

function nullHolds(compiled: CompiledTerm, present: boolean): Tri {
  const absentWanted = compiled.term.values.some((text) => text.toLowerCase() === 'true');
  const presentWanted = compiled.term.values.some((text) => text.toLowerCase() !== 'true');
  return (present ? presentWanted : absentWanted) ? 'yes' : 'no';
}

/** One value of the request against all values of the policy. */
function valueHolds(
  compiled: CompiledTerm,
  operator: Operator,
  value: Parameters<Operator['compare']>[0],
  context: RequestContext,
  effect: Effect,
  mode: Mode,
  missing: MissingFact[],
): Tri {
  const compared: Compared[] = [];
  for (const [index, template] of compiled.wanted.entries()) {
    const filled = fill(template, context);
    if (filled.state === 'unknown') {
      missing.push({ kind: 'context', what: filled.key });
      compared.push('maybe');
    } else if (filled.state === 'filled') {
      const text = template.fixed === undefined ? filled.text : (compiled.term.values[index] ?? '');
      compared.push(operator.compare(value, { text, glob: filled.glob }, mode));
    }
  }
  return conclude(compared, operator.negated, effect, mode);
}

/** In order: a match before a broken value still counts, one behind it never does. */
function conclude(compared: readonly Compared[], negated: boolean, effect: Effect, mode: Mode): Tri {
  let matched: Tri = 'no';
  for (const one of compared) {
    if (one === 'unreadable') return 'no';
    if (one === 'skipped') continue;
    if (one === 'broken') {
      if (matched === 'maybe') return 'maybe';
      return effect === 'Deny' && mode === 'production' ? 'yes' : 'no';
    }
    matched = or(matched, one);
    if (matched === 'yes') break;
  }
  return negated ? not(matched) : matched;
}

import type { Text } from '../../text.ts';
import { type Glob, globOf, matchGlob, matchesText } from '../glob.ts';
import type { Tri } from '../tri.ts';
import { isInNetwork, parseAddress, parseNetwork } from './address.ts';
import { compareNumbers, isArnText, lowerCase, parseDate, parseNumber } from './scalars.ts';

/**
 * What comparing one value of the request with one value of the policy gives. `unreadable`: the request's value is
 * not of the operator's type, so neither the operator nor its opposite holds. `skipped`: the policy's value is not, and
 * is as if it were not there. `broken`: it is not, and spoils the statement: an Allow grants nothing, a Deny denies.
 */
export type Compared = Tri | 'unreadable' | 'skipped' | 'broken';

/** A value of the policy with its variables filled in: as text, and compiled as a pattern. */
export interface Wanted {
  readonly text: string;
  readonly glob: Glob;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export interface Operator {
  readonly compare: (value: Text, wanted: Wanted, mode: Mode) => Compared;
  /** Holds when no comparison does: `StringNotEquals`, `NotIpAddress`. */
  readonly negated: boolean;
}

/** Recorded answers of the policy simulator differ from production in a few places. */
export type Mode = 'production' | 'simulator';

/** Compares what the operator cannot read only in part: a guess in it leaves the answer open. */
function known(compare: (value: string, wanted: string, mode: Mode) => Compared): Operator['compare'] {
  return (value, wanted, mode) => (value.guesses.length > 0 ? 'maybe' : compare(value.text, wanted.text, mode));
}

const tri = (holds: boolean): Tri => (holds ? 'yes' : 'no');

const equals: Operator['compare'] = (value, { text, glob }) =>
  value.guesses.length === 0 ? tri(value.text === text || (glob.literal ?? text) === value.text) : matchGlob(literally(text), value);

const equalsIgnoreCase: Operator['compare'] = (value, { text }) =>
  value.guesses.length === 0 ? tri(lowerCase(value.text) === lowerCase(text)) : 'maybe';

const like: Operator['compare'] = (value, { glob }) => matchGlob(glob, value);

function literally(text: string): Glob {
  return { segments: [{ text, any: [] }], literal: text };
}

function numeric(holds: (order: number) => boolean): Operator['compare'] {
  return known((value, wanted, mode) => {
    const right = parseNumber(wanted);
    if (right === undefined) return 'skipped';
    const left = parseNumber(value);
    if (left === undefined) return mode === 'simulator' ? 'unreadable' : 'no';
    return tri(holds(compareNumbers(left, right)));
  });
}

function date(holds: (value: number, wanted: number) => boolean): Operator['compare'] {
  return known((value, wanted) => {
    const right = parseDate(wanted);
    if (right === undefined) return 'skipped';
    const left = parseDate(value);
    return left === undefined ? 'no' : tri(holds(left, right));
  });
}

/** Anything but "true" is false, in the request as in the policy. */
const bool = known((value, wanted) => tri((value.toLowerCase() === 'true') === (wanted.toLowerCase() === 'true')));

const binary = known((value, wanted) => tri(value === wanted));

const ip = known((value, wanted, mode) => {
  const network = parseNetwork(wanted);
  const address = parseAddress(value);
  if (address === undefined) return 'unreadable';
  return network === undefined ? (mode === 'simulator' ? 'broken' : 'skipped') : tri(isInNetwork(address, network));
});

/**
 * `ArnEquals` is `ArnLike`: each of the six parts is matched on its own, so that a star does not cross a colon except
 * in the last part.
 */
const arn: Operator['compare'] = (value, wanted) => {
  if (value.guesses.length > 0) return matchGlob(wanted.glob, value);
  if (!isArnText(value.text)) return 'unreadable';
  if (!isArnText(wanted.text)) return 'broken';
  const left = value.text.split(':');
  const right = wanted.text.split(':');
  for (let index = 0; index < 5; index += 1) {
    if (!matchesText(globOf(right[index] ?? ''), left[index] ?? '')) return 'no';
  }
  return tri(matchesText(globOf(right.slice(5).join(':')), left.slice(5).join(':')));
};

/** By name in lower case. */
export const operators: ReadonlyMap<string, Operator> = new Map(
  Object.entries({
    stringequals: { compare: equals, negated: false },
    stringnotequals: { compare: equals, negated: true },
    stringequalsignorecase: { compare: equalsIgnoreCase, negated: false },
    stringnotequalsignorecase: { compare: equalsIgnoreCase, negated: true },
    stringlike: { compare: like, negated: false },
    stringnotlike: { compare: like, negated: true },
    numericequals: { compare: numeric((order) => order === 0), negated: false },
    numericnotequals: { compare: numeric((order) => order === 0), negated: true },
    numericlessthan: { compare: numeric((order) => order < 0), negated: false },
    numericlessthanequals: { compare: numeric((order) => order <= 0), negated: false },
    numericgreaterthan: { compare: numeric((order) => order > 0), negated: false },
    numericgreaterthanequals: { compare: numeric((order) => order >= 0), negated: false },
    dateequals: { compare: date((a, b) => a === b), negated: false },
    datenotequals: { compare: date((a, b) => a === b), negated: true },
    datelessthan: { compare: date((a, b) => a < b), negated: false },
    datelessthanequals: { compare: date((a, b) => a <= b), negated: false },
    dategreaterthan: { compare: date((a, b) => a > b), negated: false },
    dategreaterthanequals: { compare: date((a, b) => a >= b), negated: false },
    bool: { compare: bool, negated: false },
    binaryequals: { compare: binary, negated: false },
    ipaddress: { compare: ip, negated: false },
    notipaddress: { compare: ip, negated: true },
    arnequals: { compare: arn, negated: false },
    arnlike: { compare: arn, negated: false },
    arnnotequals: { compare: arn, negated: true },
    arnnotlike: { compare: arn, negated: true },
  } satisfies Record<string, Operator>),
);

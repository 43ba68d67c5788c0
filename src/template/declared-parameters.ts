import { placeholderFor } from '../catalog/id-shapes.ts';
import { certain, guessed, guessedName } from '../text.ts';
import { type MapNode, type Node, type Span, scalarText } from './node.ts';
import type { Parameter, TemplateProblem } from './template.ts';
import { oneOf, type Resolved, textList, textValue, unknownValue } from './values.ts';

/** A parameter of the template with the value that it has in this deployment. */
export interface DeclaredParameter {
  readonly name: string;
  readonly type: string;
  readonly noEcho: boolean;
  /** Given or default; absent when there is neither. */
  readonly given?: string;
  readonly allowed: readonly string[];
  readonly span: Span;
}

type Report = (rule: string, facts: Readonly<Record<string, string>>, at: Span) => void;

/**
 * The Parameters section with the values given. A value that is missing, not wanted or not allowed is a problem:
 * CloudFormation refuses the deployment for each.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function declaredParameters(
  root: MapNode,
  given: ReadonlyMap<string, string>,
  report: Report,
): ReadonlyMap<string, DeclaredParameter> {
  const section = root.entries.get('Parameters');
  const declared = new Map<string, DeclaredParameter>();
  for (const [name, { key, value }] of section?.value.kind === 'map' ? section.value.entries : []) {
    const parameter = declaredParameter(name, key, value, given.get(name));
    declared.set(name, parameter);
    if (parameter.given === undefined) report('parameter-missing', { parameter: name }, key);
    else if (value.kind === 'map') checkValue(parameter, parameter.given, value, report);
  }
  for (const name of given.keys()) {
    const facts = { parameter: name, accepted: [...declared.keys()].join(', ') };
    if (!declared.has(name)) report('parameter-unknown', facts, section?.key ?? { start: 0, end: 0 });
  }
  return declared;
}

function declaredParameter(
  name: string,
  span: Span,
  node: Node,
  given: string | undefined,
): DeclaredParameter {
  const field = (key: string): Node | undefined =>
    node.kind === 'map' ? node.entries.get(key)?.value : undefined;
  const allowed = field('AllowedValues');
  const fallback = field('Default');
  const value = given ?? (fallback?.kind === 'scalar' ? fallback.text : undefined);
  return {
    name,
    type: scalarText(field('Type')) ?? 'String',
    noEcho: scalarText(field('NoEcho'))?.toLowerCase() === 'true',
    ...(value === undefined ? {} : { given: value }),
    allowed:
      allowed?.kind === 'list'
        ? allowed.items.flatMap((item) => (item.kind === 'scalar' ? [item.text] : []))
        : [],
    span,
  };
}

function checkValue(parameter: DeclaredParameter, text: string, node: MapNode, report: Report): void {
  const fail = (constraint: string, accepted: string): void =>
    report('parameter-not-allowed', { parameter: parameter.name, constraint, accepted }, parameter.span);
  const values = isList(parameter.type) ? text.split(',').map((part) => part.trim()) : [text];
  if (parameter.allowed.length > 0 && !values.every((value) => parameter.allowed.includes(value))) {
    fail('AllowedValues', parameter.allowed.join(', '));
  }
  const limit = (key: string): number | undefined => {
    const written = scalarText(node.entries.get(key)?.value);
    return written === undefined || !Number.isFinite(Number(written)) ? undefined : Number(written);
  };
  const measures = [
    { least: 'MinLength', most: 'MaxLength', measure: text.length, applies: parameter.type === 'String' },
    { least: 'MinValue', most: 'MaxValue', measure: Number(text), applies: parameter.type === 'Number' },
  ];
  for (const { least, most, measure, applies } of measures) {
    if (!applies) continue;
    if (measure < (limit(least) ?? Number.NEGATIVE_INFINITY)) fail(least, `at least ${limit(least)}`);
    if (measure > (limit(most) ?? Number.POSITIVE_INFINITY)) fail(most, `at most ${limit(most)}`);
  }
  if (parameter.type === 'Number' && (text.trim() === '' || Number.isNaN(Number(text))))
    fail('Type', 'a number');
}

function isList(type: string): boolean {
  return type === 'CommaDelimitedList' || type.startsWith('List<');
}

const SSM_VALUE = /^AWS::SSM::Parameter::Value<(.*)>$/;

/**
 * The value that `Ref` of the parameter has at a place. A NoEcho value is only compared by conditions
 * (`reveal`): elsewhere a placeholder stands for it, so that no report can print it.
 */
export function parameterValue(parameter: DeclaredParameter, at: Resolvable, reveal: boolean): Resolved {
  const { type, name, given } = parameter;
  const stored = SSM_VALUE.exec(type)?.[1];
  if (stored !== undefined) return storedValue(stored, given ?? name, at);
  if (given === undefined) return missingValue(parameter, at);
  if (isList(type)) return textList(given === '' ? [] : given.split(',').map((part) => part.trim()), at);
  if (parameter.noEcho && !reveal) return textValue(guessed('noecho', `the NoEcho parameter ${name}`), at);
  return textValue(given, at, type === 'Number' ? { scalar: 'number' } : {});
}

type Resolvable = Parameters<typeof textValue>[1];

/** The value is in the Parameter Store: `AWS::SSM::Parameter::Value<…>`. */
function storedValue(type: string, name: string, at: Resolvable): Resolved {
  const missing = `the SSM parameter ${name}`;
  if (isList(type)) return unknownValue(missing, at);
  const shape = placeholderFor(type);
  return textValue(shape === undefined ? guessed('stored', missing) : guessedName(shape, missing), at);
}

function missingValue({ name, type, allowed }: DeclaredParameter, at: Resolvable): Resolved {
  const missing = `the parameter ${name}`;
  if (isList(type)) return unknownValue(missing, at);
  if (allowed.length > 0)
    return oneOf(
      missing,
      at,
      allowed.map((value) => textValue(value, at)),
    );
  const shape = placeholderFor(type);
  if (shape !== undefined) return textValue(guessedName(shape, missing), at);
  return textValue(
    guessed(type === 'Number' ? '1' : name, missing),
    at,
    type === 'Number' ? { scalar: 'number' } : {},
  );
}

/** The parameter as the rest of the pipeline sees it. The value of a NoEcho parameter stays here. */
export function publicParameter(parameter: DeclaredParameter, at: TemplateProblem['at']): Parameter {
  const { name, type, noEcho, given } = parameter;
  const base = { name, type, noEcho, at };
  return given === undefined || noEcho ? base : { ...base, value: certain(given) };
}

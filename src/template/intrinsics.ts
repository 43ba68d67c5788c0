import { concat, guessed, isCertain } from '../text.ts';
import { truthOf } from './conditions.ts';
import { cidr, findInMap, getAZs, getStackOutput, importValue } from './intrinsics-lookup.ts';
import { base64, join, length, select, split, sub, toJsonString } from './intrinsics-text.ts';
import { malformed } from './malformed.ts';
import { type Node, type Span, scalarText } from './node.ts';
import type { Intrinsic, Scope } from './scope.ts';
import { attributeParts } from './short-forms.ts';
import { asText, oneOf, PLACEHOLDER, type Resolved, textValue, unknownValue } from './values.ts';

/**
 * The functions that may stand for a value:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['Ref', ref],
  ['Fn::Base64', base64],
  ['Fn::Cidr', cidr],
  ['Fn::FindInMap', findInMap],
  ['Fn::GetAZs', getAZs],
  ['Fn::GetAtt', getAtt],
  ['Fn::GetStackOutput', getStackOutput],
  ['Fn::If', conditional],
  ['Fn::ImportValue', importValue],
  ['Fn::Join', join],
  ['Fn::Length', length],
  ['Fn::Select', select],
  ['Fn::Split', split],
  ['Fn::Sub', sub],
  ['Fn::ToJsonString', toJsonString],
  ['Fn::Transform', transform],
  ...['Fn::RefAll', 'Fn::ValueOf', 'Fn::ValueOfAll'].map((name): [string, Intrinsic] => [name, lookedUp]),
  ...['Fn::And', 'Fn::Equals', 'Fn::Not', 'Fn::Or'].map((name): [string, Intrinsic] => [
    name,
    truthValue(name),
  ]),
]);

function ref(argument: Node, at: Span, scope: Scope): Resolved {
  const name = scalarText(argument);
  if (name !== undefined) return scope.reference(name, at);
  // With AWS::LanguageExtensions the name itself may be computed.
  const computed = argument.kind === 'map' ? asText(scope.resolve(argument)) : undefined;
  if (computed !== undefined && isCertain(computed)) return scope.reference(computed.text, at);
  return malformed('Ref', 'the name of a parameter or a resource', at, scope);
}

function getAtt(argument: Node, at: Span, scope: Scope): Resolved {
  const parts = attributeParts(argument);
  const [resource, first, ...others] = parts.kind === 'list' ? parts.items : [];
  if (resource === undefined || first === undefined) {
    return malformed('Fn::GetAtt', 'a resource and an attribute', at, scope);
  }
  const logicalId = asText(scope.resolve(resource));
  const attribute = concat(
    ...[first, ...others].flatMap((part, index) => [index === 0 ? '' : '.', asText(scope.resolve(part))]),
  );
  if (isCertain(logicalId)) return scope.attribute(logicalId.text, attribute, at);
  return textValue(guessed(PLACEHOLDER, 'an attribute of a resource that is not known'), scope.locate(at));
}

function conditional(argument: Node, at: Span, scope: Scope): Resolved {
  const [condition, yes, no, ...others] = argument.kind === 'list' ? argument.items : [];
  if (condition === undefined || yes === undefined || no === undefined || others.length > 0) {
    return malformed('Fn::If', 'a condition and two values', at, scope);
  }
  const name = scalarText(condition);
  const truth = name === undefined ? truthOf(condition, scope) : scope.condition(name, condition);
  if (truth.kind === 'yes') return scope.resolve(yes);
  if (truth.kind === 'no') return scope.resolve(no);
  return oneOf(truth.missing, scope.locate(at), [scope.resolve(yes), scope.resolve(no)]);
}

/** A macro on a part of the template: only CloudFormation can say what becomes of it. */
function transform(argument: Node, at: Span, scope: Scope): Resolved {
  scope.transformed(argument, at);
  return unknownValue('what a macro makes of it', scope.locate(at));
}

/** Functions of the Rules section that look into the account. */
function lookedUp(argument: Node, at: Span, scope: Scope): Resolved {
  const of =
    argument.kind === 'list' ? argument.items.map(scalarText).join('.') : (scalarText(argument) ?? '');
  return unknownValue(`what the account has for ${of}`, scope.locate(at));
}

function truthValue(name: string): Intrinsic {
  return (argument, at, scope) => {
    const call: Node = { kind: 'map', entries: new Map([[name, { key: at, value: argument }]]), ...at };
    const truth = truthOf(call, scope);
    if (truth.kind === 'maybe') return unknownValue(truth.missing, scope.locate(at));
    return textValue(truth.kind === 'yes' ? 'true' : 'false', scope.locate(at), { scalar: 'boolean' });
  };
}

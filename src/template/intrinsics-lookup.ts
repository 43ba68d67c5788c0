import { concat, guessed, isCertain } from '../text.ts';
import { malformed } from './malformed.ts';
import type { MapNode, Node, Span } from './node.ts';
import type { Scope } from './scope.ts';
import {
  asText,
  certainText,
  missingOf,
  oneOf,
  PLACEHOLDER,
  type Resolved,
  textList,
  textValue,
  unknownValue,
} from './values.ts';

/** `Fn::FindInMap`: `[map, first key, second key, {DefaultValue}]`. */
export function findInMap(argument: Node, at: Span, scope: Scope): Resolved {
  const [mapNode, firstNode, secondNode, optionsNode] = argument.kind === 'list' ? argument.items : [];
  if (mapNode === undefined || firstNode === undefined || secondNode === undefined) {
    return malformed('Fn::FindInMap', 'a map and two keys', at, scope);
  }
  const keys = [mapNode, firstNode, secondNode].map((node) => scope.resolve(node));
  const fallback = optionsNode?.kind === 'map' ? optionsNode.entries.get('DefaultValue')?.value : undefined;
  let found: Node[] = scope.mappings === undefined ? [] : [scope.mappings];
  for (const key of keys) found = found.flatMap((node) => childrenOf(node, certainText(key)));
  const missing = keys.filter((key) => certainText(key) === undefined).map(missingOf);
  const candidates = found.map((node) => scope.resolve(node));
  if (missing.length > 0) {
    if (fallback !== undefined) candidates.push(scope.resolve(fallback));
    return candidates.length > 0
      ? oneOf(missing.join(', '), scope.locate(at), candidates)
      : unknownValue(missing.join(', '), scope.locate(at));
  }
  const [value = fallback && scope.resolve(fallback)] = candidates;
  if (value === undefined) {
    const [map = '', first = '', second = ''] = keys.map((key) => certainText(key) ?? '');
    scope.problem('mapping-key-missing', { map, first, second }, at);
    return unknownValue(`the mapping ${map}.${first}.${second}`, scope.locate(at));
  }
  return value === 'absent' ? value : { ...value, at: scope.locate(at) };
}

/** The value of a key, or every value where the key is not known. */
function childrenOf(node: Node, key: string | undefined): Node[] {
  if (node.kind !== 'map') return [];
  if (key === undefined) return [...node.entries.values()].map((entry) => entry.value);
  const value = (node as MapNode).entries.get(key)?.value;
  return value === undefined ? [] : [value];
}

/** `Fn::ImportValue`: known only from the exports of the account. */
export function importValue(argument: Node, at: Span, scope: Scope): Resolved {
  const value = scope.resolve(argument);
  const name = asText(value);
  scope.imported(name, at);
  if (!isCertain(name))
    return textValue(guessed(PLACEHOLDER, `the export whose name is ${missingOf(value)}`), scope.locate(at));
  const exported = scope.exports?.get(name.text);
  if (exported !== undefined) return textValue(exported, scope.locate(at));
  if (scope.exports !== undefined) scope.problem('export-missing', { name: name.text }, at);
  return textValue(guessed(PLACEHOLDER, `the export ${name.text}`), scope.locate(at));
}

/** `Fn::GetStackOutput`: only the other stack knows. */
export function getStackOutput(argument: Node, at: Span, scope: Scope): Resolved {
  const entries = argument.kind === 'map' ? argument.entries : undefined;
  const stack = entries?.get('StackName')?.value;
  const output = entries?.get('OutputName')?.value;
  if (stack === undefined || output === undefined) {
    return malformed('Fn::GetStackOutput', 'StackName and OutputName', at, scope);
  }
  const missing = `the output ${asText(scope.resolve(output)).text} of the stack ${asText(scope.resolve(stack)).text}`;
  return textValue(guessed(PLACEHOLDER, missing), scope.locate(at));
}

/**
 * `Fn::GetAZs`: how many zones the account has is not known, that their names begin with the region's is.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getavailabilityzones.html
 */
export function getAZs(argument: Node, at: Span, scope: Scope): Resolved {
  const region = asText(scope.resolve(argument));
  const name = region.text === '' ? scope.stack.region : region;
  const missing = 'the availability zones of the account';
  const zones = ['a', 'b', 'c', 'd', 'e', 'f'].map((zone) => concat(name, guessed(zone, missing)));
  return unknownValue(missing, scope.locate(at), [textList(zones, scope.locate(at))]);
}

/** `Fn::Cidr`: `[block, count, bits]`, computed for IPv4. */
export function cidr(argument: Node, at: Span, scope: Scope): Resolved {
  const [blockNode, countNode, bitsNode] = argument.kind === 'list' ? argument.items : [];
  if (blockNode === undefined || countNode === undefined) {
    return malformed('Fn::Cidr', 'an address block and a count', at, scope);
  }
  const block = scope.resolve(blockNode);
  const count = Number(certainText(scope.resolve(countNode)) ?? Number.NaN);
  const bits = bitsNode === undefined ? 8 : Number(certainText(scope.resolve(bitsNode)) ?? Number.NaN);
  if (!Number.isInteger(count) || count < 1 || count > 256 || !Number.isInteger(bits)) {
    return unknownValue('the subnets of an address block', scope.locate(at));
  }
  const subnets = subnetsOf(certainText(block) ?? '', count, bits);
  const guess = (): ReturnType<typeof guessed> =>
    guessed('10.0.0.0/24', missingOf(block) || 'the subnets of an address block');
  return textList(subnets ?? Array.from({ length: count }, guess), scope.locate(at));
}

/** The first `count` subnets with `bits` host bits, or undefined for what is not an IPv4 block that holds them. */
function subnetsOf(block: string, count: number, bits: number): string[] | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(block)?.slice(1).map(Number);
  if (parts === undefined || bits < 0 || bits > 32) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, mask = 0] = parts;
  if (Math.max(a, b, c, d) > 255 || mask > 32 || count * 2 ** bits > 2 ** (32 - mask)) return undefined;
  const base = Math.floor((((a * 256 + b) * 256 + c) * 256 + d) / 2 ** (32 - mask)) * 2 ** (32 - mask);
  return Array.from({ length: count }, (_, index) => {
    const address = base + index * 2 ** bits;
    const octets = [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256);
    return `${octets.join('.')}/${32 - bits}`;
  });
}

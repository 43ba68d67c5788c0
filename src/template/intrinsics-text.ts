import { concatAll, guessed, isCertain, slice, type Text } from '../text.ts';
import { malformed } from './malformed.ts';
import { type Node, type Span, scalarText } from './node.ts';
import type { Scope } from './scope.ts';
import type { ListValue, TextValue, Value } from './value.ts';
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

/** `Fn::Join`: `[delimiter, list]`; the list may be a function that gives one. */
export function join(argument: Node, at: Span, scope: Scope): Resolved {
  const [delimiterNode, listNode, ...others] = argument.kind === 'list' ? argument.items : [];
  const delimiter = scalarText(delimiterNode);
  if (delimiter === undefined || listNode === undefined || others.length > 0) {
    return malformed('Fn::Join', 'a delimiter and a list', at, scope);
  }
  const list = scope.resolve(listNode);
  if (list === 'absent' || list.kind === 'map')
    return malformed('Fn::Join', 'a delimiter and a list', at, scope);
  if (list.kind === 'list') return joined(delimiter, list.items, at, scope);
  // One text is what CloudFormation makes of a parameter that is a list: it is already joined by commas.
  return textValue(guessed(PLACEHOLDER, missingOf(list) || 'the elements of the list'), scope.locate(at));
}

function joined(delimiter: string, items: readonly Value[], at: Span, scope: Scope): Resolved {
  const parts = items.flatMap((item, index) => (index === 0 ? [asText(item)] : [delimiter, asText(item)]));
  return assemble(parts, items, at, scope);
}

/** The parts as one text, with the resources that they name. */
function assemble(
  parts: readonly (Text | string)[],
  values: readonly Resolved[],
  at: Span,
  scope: Scope,
): Resolved {
  const length = parts.reduce((sum, part) => sum + (typeof part === 'string' ? part : part.text).length, 0);
  if (!scope.spend(length)) return unknownValue('a text too long to be made', scope.locate(at));
  const mentions = values.flatMap((value) =>
    value === 'absent' || value.kind !== 'text'
      ? []
      : [...(value.refersTo ? [value.refersTo] : []), ...(value.mentions ?? [])],
  );
  return textValue(concatAll(parts), scope.locate(at), mentions.length > 0 ? { mentions } : {});
}

const HOLE = /\$\{(!?)([^{}]*)\}/g;

/** `Fn::Sub`: a text, or a text and a map of further variables. `${!Literal}` stays `${Literal}`. */
export function sub(argument: Node, at: Span, scope: Scope): Resolved {
  const [textNode, variablesNode] = argument.kind === 'list' ? argument.items : [argument];
  const template = scalarText(textNode);
  const variables = variablesNode?.kind === 'map' ? variablesNode.entries : new Map<string, never>();
  if (template === undefined || textNode === undefined) return malformed('Fn::Sub', 'a text', at, scope);
  const parts: (Text | string)[] = [];
  const values: Resolved[] = [];
  let from = 0;
  for (const hole of template.matchAll(HOLE)) {
    const [whole, literal, inner = ''] = hole;
    parts.push(template.slice(from, hole.index));
    from = hole.index + whole.length;
    if (literal === '!') {
      parts.push(`\${${inner}}`);
      continue;
    }
    const name = inner.trim();
    const variable = variables.get(name);
    const value =
      variable === undefined
        ? variableOf(name, place(textNode, template, hole), scope)
        : scope.resolve(variable.value);
    values.push(value);
    parts.push(asText(value));
  }
  parts.push(template.slice(from));
  const [only] = values;
  const isWhole = values.length === 1 && parts.every((part) => part === '' || typeof part !== 'string');
  if (isWhole && only !== undefined && only !== 'absent' && only.kind === 'text')
    return { ...only, at: scope.locate(at) };
  return assemble(parts, values, at, scope);
}

function variableOf(name: string, at: Span, scope: Scope): Resolved {
  const dot = name.indexOf('.');
  if (dot === -1) return scope.reference(name, at);
  return scope.attribute(name.slice(0, dot), { text: name.slice(dot + 1), guesses: [] }, at);
}

/** The place of a variable within its text, where the text stands in the file as it is. */
function place(node: Node, template: string, hole: RegExpMatchArray): Span {
  const lead =
    node.end - node.start === template.length ? 0 : node.end - node.start === template.length + 2 ? 1 : -1;
  const start = node.start + lead + (hole.index ?? 0);
  return lead === -1 ? node : { start, end: start + hole[0].length };
}

/** `Fn::Select`: `[index, list]`. */
export function select(argument: Node, at: Span, scope: Scope): Resolved {
  const [indexNode, listNode, ...others] = argument.kind === 'list' ? argument.items : [];
  if (indexNode === undefined || listNode === undefined || others.length > 0) {
    return malformed('Fn::Select', 'an index and a list', at, scope);
  }
  const list = scope.resolve(listNode);
  const index = certainText(scope.resolve(indexNode));
  if (index === undefined)
    return unknownValue(
      'the index of Fn::Select',
      scope.locate(at),
      list !== 'absent' && list.kind === 'list' ? list.items : undefined,
    );
  if (!/^\d{1,6}$/.test(index)) return malformed('Fn::Select', 'an index that is a number', at, scope);
  return selected(Number(index), list, at, scope);
}

function selected(index: number, list: Resolved, at: Span, scope: Scope): Resolved {
  if (list === 'absent' || list.kind === 'map')
    return malformed('Fn::Select', 'an index and a list', at, scope);
  if (list.kind === 'unknown' && list.alternatives !== undefined) {
    const lists = list.alternatives.filter(
      (one): one is ListValue => one !== 'absent' && one.kind === 'list',
    );
    const items = lists.map((one) => one.items[index] ?? 'absent');
    if (lists.length === list.alternatives.length) return oneOf(list.missing, scope.locate(at), items);
  }
  if (list.kind !== 'list')
    return textValue(guessed(PLACEHOLDER, missingOf(list) || 'an element of a list'), scope.locate(at));
  const item = list.items[index];
  if (item === undefined) return malformed('Fn::Select', `an index below ${list.items.length}`, at, scope);
  return { ...item, at: scope.locate(at) };
}

/** `Fn::Split`: `[delimiter, text]`. */
export function split(argument: Node, at: Span, scope: Scope): Resolved {
  const [delimiterNode, textNode, ...others] = argument.kind === 'list' ? argument.items : [];
  const delimiter = scalarText(delimiterNode);
  if (!delimiter || textNode === undefined || others.length > 0) {
    return malformed('Fn::Split', 'a delimiter and a text', at, scope);
  }
  const value = scope.resolve(textNode);
  if (value !== 'absent' && value.kind === 'unknown' && value.alternatives !== undefined) {
    const lists = value.alternatives.map((one) => pieces(asText(one), delimiter));
    if (lists.every((one) => one !== undefined)) {
      return oneOf(
        value.missing,
        scope.locate(at),
        lists.map((one) => textList(one, scope.locate(at))),
      );
    }
  }
  const texts = pieces(asText(value), delimiter);
  return texts === undefined
    ? unknownValue(missingOf(value), scope.locate(at))
    : textList(texts, scope.locate(at));
}

/** The pieces; undefined where a guess may have the delimiter in it, so that nobody knows how many there are. */
function pieces(text: Text, delimiter: string): Text[] | undefined {
  const hidden = text.guesses.some((guess) => guess.chars !== 'name' || /^[A-Za-z0-9_-]*$/.test(delimiter));
  if (hidden) return undefined;
  const result: Text[] = [];
  let from = 0;
  for (;;) {
    const found = text.text.indexOf(delimiter, from);
    if (found === -1) break;
    result.push(slice(text, from, found));
    from = found + delimiter.length;
  }
  result.push(slice(text, from));
  return result;
}

/** `Fn::Base64` of a text. */
export function base64(argument: Node, at: Span, scope: Scope): Resolved {
  const value = scope.resolve(argument);
  const text = certainText(value);
  if (text === undefined) return textValue(guessed('dW5rbm93bg==', missingOf(value)), scope.locate(at));
  if (!scope.spend(text.length * 2)) return unknownValue('a text too long to be made', scope.locate(at));
  return textValue(Buffer.from(text).toString('base64'), scope.locate(at));
}

/** `Fn::Length` of a list. */
export function length(argument: Node, at: Span, scope: Scope): Resolved {
  const list = scope.resolve(argument);
  if (list !== 'absent' && list.kind === 'list') {
    return textValue(String(list.items.length), scope.locate(at), { scalar: 'number' });
  }
  if (list === 'absent' || list.kind === 'map') return malformed('Fn::Length', 'a list', at, scope);
  return textValue(guessed('1', `the length of ${missingOf(list)}`), scope.locate(at), { scalar: 'number' });
}

/** `Fn::ToJsonString` of a map or a list. */
export function toJsonString(argument: Node, at: Span, scope: Scope): Resolved {
  const value = scope.resolve(argument);
  const parts = json(value);
  const length = parts.reduce((sum, part) => sum + (typeof part === 'string' ? part : part.text).length, 0);
  if (!scope.spend(length)) return unknownValue('a text too long to be made', scope.locate(at));
  return textValue(concatAll(parts), scope.locate(at));
}

function json(value: Resolved): (Text | string)[] {
  if (value === 'absent') return ['null'];
  if (value.kind === 'unknown') return [guessed('null', value.missing)];
  if (value.kind === 'text') return jsonScalar(value);
  const parts: (Text | string)[] = [value.kind === 'list' ? '[' : '{'];
  const elements =
    value.kind === 'list'
      ? value.items.map((item) => ({ item, name: '' }))
      : [...value.entries].map(([name, entry]) => ({ item: entry.value, name: `${JSON.stringify(name)}:` }));
  elements.forEach(({ item, name }, index) => {
    parts.push(`${index === 0 ? '' : ','}${name}`, ...json(item));
  });
  parts.push(value.kind === 'list' ? ']' : '}');
  return parts;
}

function jsonScalar({ text, scalar }: TextValue): (Text | string)[] {
  if (!isCertain(text)) return ['"', text, '"'];
  return [scalar === 'string' ? JSON.stringify(text.text) : scalar === 'null' ? 'null' : text.text];
}

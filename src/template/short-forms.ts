import { type MapNode, type Node, type Span, scalarNode, singleEntry } from './node.ts';

/**
 * The tags that CloudFormation knows, and the key that each stands for:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
const LONG_FORMS: ReadonlyMap<string, string> = new Map([
  ['Ref', 'Ref'],
  ['Condition', 'Condition'],
  ...[
    'And',
    'Base64',
    'Cidr',
    'Contains',
    'EachMemberEquals',
    'EachMemberIn',
    'Equals',
    'FindInMap',
    'GetAZs',
    'GetAtt',
    'GetStackOutput',
    'If',
    'ImportValue',
    'Join',
    'Length',
    'Not',
    'Or',
    'RefAll',
    'Select',
    'Split',
    'Sub',
    'ToJsonString',
    'Transform',
    'ValueOf',
    'ValueOfAll',
  ].map((name): [string, string] => [name, `Fn::${name}`]),
]);

/** The long form of a tagged value (`!Ref x` is `{Ref: x}`), or undefined for a tag that CloudFormation has not. */
export function longForm(tag: string, tagSpan: Span, value: Node): MapNode | undefined {
  const key = LONG_FORMS.get(tag);
  if (key === undefined) return undefined;
  const argument = key === 'Fn::GetAtt' ? attributeParts(value) : value;
  return singleEntry(key, tagSpan, argument, Math.max(value.end, tagSpan.end));
}

/** `A.B.C` is the attribute `B.C` of `A`; each part keeps its own place. */
export function attributeParts(value: Node): Node {
  if (value.kind !== 'scalar') return value;
  const dot = value.text.indexOf('.');
  if (dot === -1) return value;
  const split = value.end - value.start === value.text.length ? value.start + dot : undefined;
  const items = [
    scalarNode(value.text.slice(0, dot), { start: value.start, end: split ?? value.end }),
    scalarNode(value.text.slice(dot + 1), {
      start: split === undefined ? value.start : split + 1,
      end: value.end,
    }),
  ];
  return { kind: 'list', items, start: value.start, end: value.end };
}

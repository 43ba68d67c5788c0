import { urlSuffixOf } from '../arn.ts';
import type { SourceLocation } from '../source-location.ts';
import { concat, guessed, guessedName } from '../text.ts';
import type { StackIdentity } from './template.ts';
import { type Resolved, textValue, unknownValue } from './values.ts';

const UUID = '01234567-89ab-cdef-0123-456789abcdef';

type Pseudo = (stack: StackIdentity, at: SourceLocation) => Resolved;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html */
const PSEUDO_PARAMETERS: ReadonlyMap<string, Pseudo> = new Map<string, Pseudo>([
  ['AWS::AccountId', ({ accountId }, at) => textValue(accountId, at)],
  ['AWS::NoValue', () => 'absent'],
  ['AWS::NotificationARNs', (_, at) => unknownValue('the notification ARNs of the stack', at)],
  ['AWS::Partition', ({ partition }, at) => textValue(partition, at)],
  ['AWS::Region', ({ region }, at) => textValue(region, at)],
  ['AWS::StackId', stackId],
  ['AWS::StackName', ({ name }, at) => textValue(name, at)],
  ['AWS::URLSuffix', ({ partition }, at) => textValue(urlSuffixOf(partition), at)],
]);

function stackId({ partition, region, accountId, name }: StackIdentity, at: SourceLocation): Resolved {
  const stack = `arn:${partition}:cloudformation:${region}:${accountId}:stack/${name}/`;
  return textValue(concat(stack, guessedName(UUID, 'the id of the stack')), at);
}

/** The value of a pseudo parameter, or undefined for another name. */
export function pseudoParameter(
  name: string,
  stack: StackIdentity,
  at: SourceLocation,
): Resolved | undefined {
  const known = PSEUDO_PARAMETERS.get(name);
  if (known !== undefined) return known(stack, at);
  return name.startsWith('AWS::')
    ? textValue(guessed('unknown', `the pseudo parameter ${name}`), at)
    : undefined;
}

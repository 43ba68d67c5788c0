import type { NameModel } from '../catalog/entry.ts';
import { concat, guessedName, type Text } from '../text.ts';

const SUFFIX = 'A1B2C3D4E5F6';
const SUFFIX_MISSING = 'the suffix that CloudFormation adds';

/**
 * The name that CloudFormation makes up: `StackName-LogicalId-SUFFIX`, cut to what the service takes.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
 * How a name that is too long is cut is not documented, so then only its beginning is certain.
 */
export function generatedName(model: NameModel, stackName: string, logicalId: string): Text {
  const suffix = inLetters(SUFFIX, model).slice(0, model.maxLength);
  if (model.shape === 'suffix') return guessedName(suffix, SUFFIX_MISSING);
  const whole = inLetters(`${stackName}-${logicalId}-`, model);
  if (whole.length + suffix.length <= model.maxLength)
    return concat(whole, guessedName(suffix, SUFFIX_MISSING));
  const room = Math.max(0, model.maxLength - suffix.length - 1);
  const cut = whole.slice(0, room);
  // Each of the two parts keeps about half of the room.
  const certainLength = Math.min(stackName.length, Math.floor(room / 2) - 1);
  const kept = cut.slice(0, Math.max(0, certainLength));
  return concat(kept, guessedName(`${cut.slice(kept.length)}-${suffix}`, 'how CloudFormation cuts the name'));
}

function inLetters(text: string, { letters }: NameModel): string {
  return letters === 'lower' ? text.toLowerCase() : text;
}

import type { TextValue } from './value.ts';

interface Scalar {
  readonly text: string;
  readonly scalar: TextValue['scalar'];
}

const NUMBER = /^[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$/;

/**
 * The words that YAML 1.1 reads as booleans; CloudFormation does as well, so `yes` becomes `true`:
 * https://yaml.org/type/bool.html
 */
const BOOLEANS: ReadonlyMap<string, string> = new Map(
  (['true yes on', 'false no off'] as const).flatMap((words) => {
    const [value = '', ...others] = words.split(' ');
    return [value, ...others].flatMap((word): [string, string][] => [
      [word, value],
      [word.toUpperCase(), value],
      [word.slice(0, 1).toUpperCase() + word.slice(1), value],
    ]);
  }),
);

/** What YAML 1.1 makes of a scalar without quotes and without a tag. Numbers keep the digits as written. */
export function plainScalar(text: string): Scalar {
  if (text === '' || text === '~' || text === 'null' || text === 'Null' || text === 'NULL') {
    return { text: '', scalar: 'null' };
  }
  const boolean = BOOLEANS.get(text);
  if (boolean !== undefined) return { text: boolean, scalar: 'boolean' };
  return { text, scalar: NUMBER.test(text) ? 'number' : 'string' };
}

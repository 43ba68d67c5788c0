/** A decimal number, exactly: `units` times ten to the power of minus `scale`. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/** Larger exponents than any number of a request has; they would only make comparing slow. */
const LARGEST_EXPONENT = 400;

/** A decimal number as IAM reads it, or undefined. */
export function parseNumber(text: string): Decimal | undefined {
  const [, sign, whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text) ?? [];
  if (whole + fraction === '' || Math.abs(Number(exponent)) > LARGEST_EXPONENT || text.length > 2_000) return undefined;
  const units = BigInt(whole + fraction);
  return { units: sign === '-' ? -units : units, scale: fraction.length - Number(exponent) };
}

/** Negative, zero or positive as `a` is less than, equal to or more than `b`. */
export function compareNumbers(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const difference = a.units * 10n ** BigInt(scale - a.scale) - b.units * 10n ** BigInt(scale - b.scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/**
 * A date as milliseconds since 1970: ISO 8601 in any precision, or seconds as a number.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */
export function parseDate(text: string): number | undefined {
  if (/^[+-]?\d+$/.test(text) && text.length > 4) return Number(text) * 1000;
  if (!/^\d{4}(-\d{2}(-\d{2}(T\d{2}(:?\d{2}(:?\d{2}([.,]\d+)?)?)?(Z|[+-]\d{2}(:?\d{2})?)?)?)?)?$/.test(text)) return undefined;
  const [, date = '', time, zone] = /^([\d-]+)(?:T([\d:.,]+))?(Z|[+-][\d:]+)?$/.exec(text) ?? [];
  const clock = (time ?? '00:00').replace(',', '.');
  const padded = clock.includes(':') || clock.length <= 2 ? clock : clock.replace(/^(\d{2})(\d{2})/, '$1:$2:').replace(/:$/, '');
  const [year = '', month = '01', day = '01'] = date.split('-');
  const offset = zone === undefined || zone === 'Z' ? 'Z' : zone.replace(/^([+-]\d{2}):?(\d{2})?$/, (_, hours, minutes) => `${hours}:${minutes ?? '00'}`);
  const value = Date.parse(`${year}-${month}-${day}T${padded.length === 2 ? `${padded}:00` : padded}${offset}`);
  return Number.isNaN(value) ? undefined : value;
}

/** Whether the text is an ARN with a partition, a service and a resource, as ARN operators demand of both sides. */
export function isArnText(text: string): boolean {
  const parts = text.split(':');
  return parts.length >= 6 && parts[0] === 'arn';
}

/**
 * Lower case as IAM compares: like JavaScript's, except that letters outside the basic plane stay as they are.
 */
export function lowerCase(text: string): string {
  if (!/[\uD800-\uDFFF]/.test(text)) return text.toLowerCase();
  // The letters outside must stay in place for the rule of the final sigma, so they are put back afterwards.
  const lower = text.toLowerCase();
  if (lower.length !== text.length) return text.replace(/[^\uD800-\uDFFF]+/g, (run) => run.toLowerCase());
  let result = '';
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    result += unit >= 0xd800 && unit <= 0xdfff ? text.charAt(at) : lower.charAt(at);
  }
  return result;
}

/** The six parts of an ARN: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** All that follows the fifth colon, further colons and slashes included. */
  readonly resource: string;
}

/** The parts of an ARN, or undefined when the text is not `arn:` with six parts. */
export function parseArn(text: string): Arn | undefined {
  const [prefix, partition, service, region, account, ...resource] = text.split(':');
  if (prefix !== 'arn' || partition === undefined || service === undefined) return undefined;
  if (region === undefined || account === undefined || resource.length === 0) return undefined;
  return { partition, service, region, account, resource: resource.join(':') };
}

/** The ARN as text; the inverse of `parseArn`. */
export function formatArn(arn: Arn): string {
  return `arn:${arn.partition}:${arn.service}:${arn.region}:${arn.account}:${arn.resource}`;
}

/**
 * The partition that a region belongs to: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 * A region of no known prefix is in `aws`.
 */
export function partitionOf(region: string): string {
  const prefixes = {
    'cn-': 'aws-cn',
    'us-gov-': 'aws-us-gov',
    'us-isob-': 'aws-iso-b',
    'us-isof-': 'aws-iso-f',
    'us-iso-': 'aws-iso',
    'eu-isoe-': 'aws-iso-e',
    'eusc-': 'aws-eusc',
  };
  for (const [prefix, partition] of Object.entries(prefixes)) if (region.startsWith(prefix)) return partition;
  return 'aws';
}

/** The domain that `AWS::URLSuffix` names in a partition. */
export function urlSuffixOf(partition: string): string {
  const suffixes: Readonly<Record<string, string>> = {
    'aws-cn': 'amazonaws.com.cn',
    'aws-iso': 'c2s.ic.gov',
    'aws-iso-b': 'sc2s.sgov.gov',
    'aws-iso-e': 'cloud.adc-e.uk',
    'aws-iso-f': 'csp.hci.ic.gov',
    'aws-eusc': 'amazonaws.eu',
  };
  return suffixes[partition] ?? 'amazonaws.com';
}

/**
 * The IAM role behind an STS session: `arn:aws:sts::1:assumed-role/NAME/SESSION` is `arn:aws:iam::1:role/NAME`.
 * STS leaves out the path, and the simulator finds the role without it. Other ARNs come back as they are.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
export function principalOfSession(arn: string): string {
  const parsed = parseArn(arn);
  if (parsed?.service !== 'sts' || !parsed.resource.startsWith('assumed-role/')) return arn;
  const name = parsed.resource.split('/')[1] ?? '';
  return formatArn({ ...parsed, service: 'iam', resource: `role/${name}` });
}

import type {
  PolicyLevel,
  PolicySource,
  PrincipalPolicies,
  Readable,
  ResourcePolicies,
} from '../iam/policy-set.ts';

/**
 * The first seam to the outside: what is there? A snapshot folder answers offline, AWS answers live.
 * Every method says `unread` with the reason where it may not look; none throws for a thing that is simply absent.
 */
export interface Account {
  /** Who deploys, as `sts:GetCallerIdentity` tells. */
  caller(): Promise<Caller>;
  /** Policies around a role or user, by ARN; undefined when there certainly is no such principal. */
  principal(arn: string): Promise<Readable<PrincipalPolicies | undefined>>;
  /** The trust policy and the rest of a role, by ARN or name; undefined when there certainly is no such role. */
  role(arn: string): Promise<Readable<Role | undefined>>;
  /** Roles of the account whose trust policy names a service, by ARN in order; `unread` where roles cannot be listed. */
  rolesTrusting(service: string): Promise<Readable<readonly Role[]>>;
  /** A managed policy by ARN, AWS's own included; undefined when there certainly is no such policy. */
  managedPolicy(arn: string): Promise<Readable<PolicySource | undefined>>;
  /** The role inside an instance profile, by the profile's ARN or name. */
  instanceProfileRole(arn: string): Promise<Readable<string | undefined>>;
  /** The policies on the side of an existing resource: bucket, key, function, queue, topic, secret … */
  resource(arn: string): Promise<ResourcePolicies>;
  /** The stack as it is now; undefined when there is none of that name. */
  stack(name: string, region: string): Promise<Readable<Stack | undefined>>;
  /** Exports of the region, by name. */
  exports(region: string): Promise<Readable<ReadonlyMap<string, string>>>;
  /** RCPs over resources of the account; undefined: no organization. */
  rcps(): Promise<Readable<readonly PolicyLevel[] | undefined>>;
}

export interface Caller {
  /** As STS gives it: a user, an assumed-role session, a federated user or root. */
  readonly arn: string;
  readonly accountId: string;
}

export interface Role {
  readonly arn: string;
  readonly trust: PolicySource;
}

/** What CloudFormation says of a stack: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html */
export interface Stack {
  readonly id: string;
  readonly name: string;
  /** `CREATE_COMPLETE` … */
  readonly status: string;
  /** The service role that sticks to the stack. */
  readonly roleArn?: string;
  readonly template?: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly terminationProtection: boolean;
  /** Logical id to physical id. */
  readonly resources?: ReadonlyMap<string, string>;
}

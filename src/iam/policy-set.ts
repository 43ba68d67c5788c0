/** A policy as it is attached somewhere. The text is kept as stored: lines and columns refer to it. */
export interface PolicySource {
  /** For people: the managed policy's name or ARN, the inline policy's name, `key policy`, … */
  readonly name: string;
  readonly arn?: string;
  readonly type: PolicyType;
  readonly text: string;
}

export type PolicyType =
  | 'managed'
  | 'inline'
  | 'group'
  | 'boundary'
  | 'session'
  | 'scp'
  | 'rcp'
  | 'resource'
  | 'endpoint'
  | 'trust';

/** Something that was read, or the reason why it could not be. Unread is never the same as empty. */
export type Readable<T> =
  | { readonly state: 'read'; readonly value: T }
  | { readonly state: 'unread'; readonly why: string };

/** One level of the organization, root first, the account last. */
export interface PolicyLevel {
  /** `root`, the OU's name or id, or the account id. */
  readonly name: string;
  readonly policies: readonly PolicySource[];
}

/** A KMS grant: https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantListEntry.html */
export interface Grant {
  readonly granteePrincipal: string;
  readonly operations: readonly string[];
  readonly constrained: boolean;
}

/** Who asks. For roles the ARN is the role's; a request as a session of it has `sessionArn` too. */
export interface PrincipalIdentity {
  readonly kind: 'role' | 'user' | 'root' | 'service' | 'federated';
  /** `arn:aws:iam::1:role/x`; for a service its principal, `bedrock.amazonaws.com`. */
  readonly arn: string;
  readonly accountId?: string;
  readonly sessionArn?: string;
  /** Tags of the principal, when they were read. */
  readonly tags?: Readonly<Record<string, string>>;
  /** A service-linked role: exempt from SCPs and RCPs. */
  readonly serviceLinked?: boolean;
}

/**
 * Everything that decides what one principal may do, apart from the policy of the resource it acts on.
 * `undefined` where a layer does not exist for the principal (no boundary, no session policy, no organization).
 */
export interface PrincipalPolicies {
  readonly principal: PrincipalIdentity;
  readonly identity: Readable<readonly PolicySource[]>;
  readonly boundary: Readable<PolicySource | undefined>;
  readonly session: Readable<readonly PolicySource[] | undefined>;
  /** Undefined: not in an organization, or in its management account. */
  readonly scps: Readable<readonly PolicyLevel[] | undefined>;
  /** Policies of the VPC endpoint that the principal's own calls go through; undefined: none. */
  readonly endpoint: Readable<PolicySource | undefined>;
}

/** Everything that decides on the side of the resource. */
export interface ResourcePolicies {
  /** The account that owns the resource, when known. */
  readonly accountId?: string;
  /** Bucket, key, queue, topic, function, trust … policy; undefined: the resource has none. */
  readonly policy: Readable<PolicySource | undefined>;
  /** Undefined: the owner's account is in no organization, or RCPs do not cover the service. */
  readonly rcps: Readable<readonly PolicyLevel[] | undefined>;
  readonly grants?: Readable<readonly Grant[]>;
}

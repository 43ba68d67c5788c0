/**
 * What is known about one resource type. All of it is plain data, so that an entry can be generated, written by
 * hand, compiled into a shard and read back without code of its own.
 */
export interface TypeEntry {
  /** `AWS::Lambda::Function` */
  readonly type: string;
  /**
   * Where the permissions come from: `registry` (the handler lists of the CloudFormation registry), `derived`
   * (no handler lists exist; deduced from the service authorization reference and the sibling types), or
   * `overlay` (hand-written where there is nothing to refine).
   */
  readonly origin: 'registry' | 'derived' | 'overlay';
  readonly model: ResourceModel;
  readonly rules: readonly PermissionRule[];
  readonly passedRoles: readonly PassedRole[];
  readonly serviceLinkedRoles: readonly ServiceLinkedRole[];
}

/** The shape of a resource type: how it is named, referred to, tagged and replaced. */
export interface ResourceModel {
  /** Properties that together identify the resource in the registry: `['FunctionName']`. */
  readonly primaryIdentifier: readonly string[];
  /** Properties or attributes that `Ref` gives, joined by `|`; nearly always one. */
  readonly ref: readonly string[];
  /** `arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}`; absent where nobody knows it. */
  readonly arn?: string;
  /** What `Fn::GetAtt` accepts. */
  readonly attributes: readonly string[];
  /** Attributes whose value is the ARN of the resource (`Arn`, `TopicArn`, `AgentArn`). */
  readonly arnAttributes: readonly string[];
  /** Top-level properties. */
  readonly properties: readonly string[];
  readonly required: readonly string[];
  /** Property paths whose change replaces the resource, `true` always and `false` only sometimes. */
  readonly replacedBy: Readonly<Record<string, boolean>>;
  readonly tags?: TagModel;
  readonly name?: NameModel;
}

/** The property that carries the resource's tags: a list of Key and Value, or a map. */
export interface TagModel {
  readonly property: string;
  readonly shape: 'list' | 'map';
}

/**
 * The name that CloudFormation makes up when the template gives none: `StackName-LogicalId-SUFFIX`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-resource-name.html
 */
export interface NameModel {
  /** The property that names the resource. */
  readonly property: string;
  /** Longest name that the service accepts; the stack name and the logical id are cut to fit. */
  readonly maxLength: number;
  readonly letters: 'upper' | 'lower';
  /** Shape of a generated name; `suffix` alone for the types that leave out the stack name and logical id. */
  readonly shape: 'stack-logical-suffix' | 'suffix';
}

/** A step of a resource handler. Read follows every other one. */
export type Phase = 'create' | 'read' | 'update' | 'delete';

/**
 * Where a value stands in a resource's properties: `VpcConfig.SubnetIds`, `Targets[].RoleArn`. `[]` means each
 * element of a list, `{}` each value of a map. A leading dot is relative to the rule's `each`: `.RoleArn`.
 */
export type PropertyPath = string;

/** When a rule applies: the whole vocabulary. Judged to yes, no or maybe; maybe when it turns on an unknown value. */
export type Condition =
  | { readonly has: PropertyPath }
  | { readonly lacks: PropertyPath }
  | { readonly property: PropertyPath; readonly is: readonly (string | number | boolean)[] }
  /** Globs with `*` and `?`, not case-sensitive. */
  | { readonly property: PropertyPath; readonly matches: readonly string[] }
  /** True for an update that changes one of these, and for every create. */
  | { readonly changed: readonly PropertyPath[] }
  /** The resource or (for `any`) the stack has tags. On updates: the tags change. */
  | { readonly tagged: 'resource' | 'stack' | 'any' }
  /** The resource has this attribute beside its properties. */
  | { readonly attribute: 'CreationPolicy' | 'UpdatePolicy' }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

/**
 * Text with holes: `arn:${Partition}:s3:::${BucketName}/*`. In a hole stand:
 * - `Partition`, `Region`, `Account`, `UrlSuffix`, `StackName`, `StackId`, `LogicalId`;
 * - `self`: the ARN of the resource itself; `ref`: what `Ref` gives;
 * - a property path, absolute or relative to `each`; one that meets several values makes several texts;
 * - an attribute of the resource (`RoleId`), where no property has that name.
 * After a bar stands a conversion, from the fixed list `Conversion`: `${Role|roleArn}`.
 */
export type Expression = string;

/** What can be made of a value in an expression. Each accepts a name, an id or an ARN of that thing, and gives: */
export type Conversion =
  | 'roleArn'
  | 'bucketArn'
  | 'keyArn'
  | 'functionArn'
  | 'topicArn'
  | 'queueArn'
  | 'tableArn'
  | 'logGroupArn'
  | 'streamArn'
  | 'secretArn'
  | 'parameterArn'
  | 'instanceProfileArn'
  | 'clusterArn'
  | 'repositoryArn'
  /** The last segment of an ARN after `/` or `:`; a bare name stays itself. */
  | 'name'
  /** The account or the region of an ARN. */
  | 'account'
  | 'region'
  | 'lower';

/**
 * One permission that a handler, a service or the deployer needs. Most rules are one line; what is absent means:
 * actor `execution`, on the resource that the service authorization reference says, always, certain, at deployment.
 */
export interface PermissionRule {
  readonly on: readonly Phase[];
  /** As the service authorization reference spells it: `lambda:CreateFunction`. */
  readonly action: string;
  readonly actor?: RuleActor;
  /** The ARN that the action is authorised on; several where one call is authorised on several resources. */
  readonly resource?: Expression | readonly Expression[];
  /** Once for each element here. */
  readonly each?: PropertyPath;
  readonly when?: Condition;
  /** Condition keys that this call carries beyond those that every call of the deployment does. */
  readonly context?: Readonly<Record<string, Expression | readonly Expression[]>>;
  /** `possible`: the handler may make this call, for a cause that the template does not show. */
  readonly certainty?: 'certain' | 'possible';
  /** `runtime`: the deployment succeeds without it, what was deployed then fails. */
  readonly failsAt?: 'deploy' | 'runtime';
  /** The property to point at, where it is not the first one that `when`, `each` or `resource` names. */
  readonly property?: PropertyPath;
  /** The page, or the package, that says so. */
  readonly source: string;
}

/**
 * Who needs the permission: the deployer, CloudFormation's execution identity, an AWS service that calls with its
 * service principal and must get through the resource's own policy, or a role that the template hands over.
 */
export type RuleActor =
  | 'deployer'
  | 'execution'
  | { readonly service: Expression; readonly sourceArn?: Expression }
  | { readonly role: Expression };

/** A role that the resource hands to a service: needs iam:PassRole, and the role must trust the service. */
export interface PassedRole {
  /** Where the role's ARN or name stands, or the instance profile's with `instanceProfile`. */
  readonly property: PropertyPath;
  /** The service that assumes it, as `iam:PassedToService` has it; several where any of them may. */
  readonly service: string | readonly string[];
  readonly kind?: 'role' | 'instanceProfile';
  readonly when?: Condition;
  /** The service assumes or validates the role while the resource is created: a wrong trust policy fails the deployment. */
  readonly trustChecked?: boolean;
  /** Phases in which the role is handed over; by default create, and update when the property changes. */
  readonly on?: readonly Phase[];
  readonly certainty?: 'certain' | 'possible';
  readonly source: string;
}

/** A service-linked role that the service creates with the caller's permission when the account has none yet. */
export interface ServiceLinkedRole {
  /** `ecs.amazonaws.com` */
  readonly service: string;
  /** `AWSServiceRoleForECS` */
  readonly role: string;
  readonly when?: Condition;
  readonly source: string;
}

/**
 * Hand-written knowledge about one type. It refines the generated entry: an action that the overlay names follows
 * the overlay's rules only; an action that only the registry names stays, as `possible`.
 */
export interface TypeOverlay {
  /** Pages that hold for the whole entry; a rule's own `source` comes first. */
  readonly source: string;
  readonly rules?: readonly OverlayRule[];
  /** Actions of the registry's list that no call of the handler needs (`junk`, features that ended). */
  readonly drop?: readonly string[];
  readonly passedRoles?: readonly (Omit<PassedRole, 'source'> & { readonly source?: string })[];
  readonly serviceLinkedRoles?: readonly (Omit<ServiceLinkedRole, 'source'> & { readonly source?: string })[];
  /** Corrections of the resource model. */
  readonly model?: Partial<ResourceModel>;
}

/** A rule as it is written in an overlay: several actions may share a line, and the overlay's source is the default. */
export type OverlayRule = Omit<PermissionRule, 'action' | 'on' | 'source'> & {
  readonly on: Phase | readonly Phase[];
  readonly action: string | readonly string[];
  readonly source?: string;
};

/** One file of overlays: resource type to overlay. */
export type Overlay = Readonly<Record<string, TypeOverlay>>;

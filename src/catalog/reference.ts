/**
 * A row of the service authorization reference:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export interface ActionReference {
  /** In the reference's own spelling: `lambda:CreateFunction`. */
  readonly name: string;
  readonly level: 'Read' | 'Write' | 'List' | 'Tagging' | 'Permissions management';
  /** Empty: the action is authorised on `*` alone. */
  readonly resourceTypes: readonly ActionResourceType[];
  /** Condition keys of the action and of its resource types, spelled as in the reference (`aws:RequestTag/${TagKey}`). */
  readonly conditionKeys: readonly string[];
}

/** A resource type that an action accepts. */
export interface ActionResourceType {
  readonly name: string;
  readonly required: boolean;
  /** `arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}`; several where the service has several. */
  readonly arn: string;
}

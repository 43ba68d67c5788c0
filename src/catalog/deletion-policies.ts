/**
 * Types whose resources are deleted with a snapshot when the template has no DeletionPolicy; with `unless`, only
 * where that property is not set.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
export const SNAPSHOT_BY_DEFAULT: ReadonlyMap<string, { readonly unless?: string }> = new Map([
  ['AWS::RDS::DBCluster', {}],
  ['AWS::RDS::DBInstance', { unless: 'DBClusterIdentifier' }],
]);

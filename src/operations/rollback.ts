import type { ResourceOperation } from '../operations.ts';

/**
 * What CloudFormation does when the deployment fails half way: it deletes what it created and turns updates back.
 * Deletions are not undone, as they come after everything else has succeeded.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-failure-options.html
 */
export function rollbackOf(operations: readonly ResourceOperation[]): readonly ResourceOperation[] {
  return operations.flatMap((operation) => inverse(operation) ?? []).reverse();
}

function inverse(operation: ResourceOperation): ResourceOperation | undefined {
  const { kind, resource, previous } = operation;
  switch (kind) {
    case 'create':
      // RetainExceptOnCreate exists for this very case: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
      return {
        ...operation,
        kind: 'delete',
        previous: resource,
        retained: resource.deletionPolicy === 'Retain',
      };
    case 'replace':
      // The old resource is still there; only the new one has to go.
      return { ...operation, kind: 'delete', previous: resource, changed: [], retained: false };
    case 'update':
      return previous === undefined ? undefined : { ...operation, resource: previous, previous: resource };
    case 'delete':
      return undefined;
  }
}

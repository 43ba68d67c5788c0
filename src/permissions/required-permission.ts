import type { RequestContext } from '../iam/request.ts';
import type { SourceLocation } from '../source-location.ts';
import type { Text } from '../text.ts';

/**
 * Who needs a permission. `role` is a role that the template hands to a service, which probes it or needs it at
 * once; `logicalId` when the same template makes it. `service` calls with its own service principal.
 */
export type Actor =
  | { readonly kind: 'deployer' }
  | { readonly kind: 'execution' }
  | { readonly kind: 'service'; readonly service: string; readonly sourceArn?: Text }
  | { readonly kind: 'role'; readonly arn: Text; readonly logicalId?: string };

/** One permission without which a part of the deployment fails. */
export interface RequiredPermission {
  readonly actor: Actor;
  /** A real action of the service authorization reference. */
  readonly action: string;
  /** The ARN that the action is authorised on; `*` exactly where the action has no resource type. */
  readonly resource: Text;
  readonly context: RequestContext;
  /** `certain`: the call is made for this resource as written. `possible`: it may be. */
  readonly certainty: 'certain' | 'possible';
  readonly failsAt: 'deploy' | 'runtime';
  readonly because: Because;
}

/** Why a permission is needed: operation, rule and place. */
export interface Because {
  /** `deploy`: a call of the deployer itself. */
  readonly operation: 'create' | 'update' | 'replace' | 'delete' | 'rollback' | 'deploy';
  /** Absent for calls that belong to no resource. */
  readonly logicalId?: string;
  readonly type?: string;
  /** The property that causes the need: `VpcConfig.SubnetIds`. */
  readonly property?: string;
  readonly at: SourceLocation;
  /** The page or the package that says so. */
  readonly source: string;
}

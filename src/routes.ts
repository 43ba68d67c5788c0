import type { Account, Caller, Stack } from './account/account.ts';
import { parseArn, principalOfSession } from './arn.ts';

/** A way through the maze: who calls CloudFormation, and whom CloudFormation acts as. */
export interface Route {
  /** `direct`, `service-role`, or `role:<arn>`. */
  readonly name: string;
  /** ARN of the principal that calls CloudFormation. */
  readonly deployer: string;
  /** ARN of the principal as which CloudFormation makes the resources. */
  readonly execution: string;
  /** The service role, on routes that have one. */
  readonly serviceRole?: string;
  /** The stack already has the service role, so nobody needs to pass it. */
  readonly sticky: boolean;
  /** Why CloudFormation cannot act as the service role at all. */
  readonly invalid?: 'missing' | 'other-account';
}

/** What the routes are looked for with. */
export interface RouteInputs {
  readonly caller: Caller;
  /** The service role that the user gives, as an ARN. */
  readonly roleArn?: string | undefined;
  /** The stack as it is deployed, when it is. */
  readonly stack?: Stack | undefined;
}

/** The routes to judge, and the name of the one that the deployment would take as it is set up now. */
export interface Routes {
  readonly routes: readonly Route[];
  readonly used: string;
}

/** No more roles than this are tried as a service role that nobody named: one screen must hold the report. */
const MOST_CANDIDATES = 5;

/**
 * The ways to deploy. `direct` is always one, except that a service role sticks to its stack: CloudFormation "always
 * uses this role for all future operations on the stack", so there no other route is left.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html
 * Without a role given or stored, roles of the account that trust CloudFormation are offered as candidates.
 */
export async function findRoutes(inputs: RouteInputs, account: Account): Promise<Routes> {
  const deployer = principalOfSession(inputs.caller.arn);
  const direct: Route = { name: 'direct', deployer, execution: deployer, sticky: false };
  const given = inputs.roleArn ?? inputs.stack?.roleArn;
  if (given !== undefined) {
    const sticky = inputs.stack?.roleArn === given;
    const route = await serviceRoleRoute('service-role', given, { deployer, sticky }, inputs.caller, account);
    return { routes: inputs.stack?.roleArn === undefined ? [direct, route] : [route], used: 'service-role' };
  }
  const candidates = await account.rolesTrusting('cloudformation.amazonaws.com');
  const arns = candidates.state === 'read' ? candidates.value.map((role) => role.arn) : [];
  const offered = arns
    .filter((arn) => arn !== deployer)
    .slice(0, MOST_CANDIDATES)
    .map(
      (arn): Route => ({ name: `role:${arn}`, deployer, execution: arn, serviceRole: arn, sticky: false }),
    );
  return { routes: [direct, ...offered], used: 'direct' };
}

async function serviceRoleRoute(
  name: string,
  arn: string,
  binding: { readonly deployer: string; readonly sticky: boolean },
  caller: Caller,
  account: Account,
): Promise<Route> {
  const route: Route = { name, ...binding, execution: arn, serviceRole: arn };
  if (parseArn(arn)?.account !== caller.accountId) return { ...route, invalid: 'other-account' };
  const role = await account.role(arn);
  if (role.state === 'read' && role.value === undefined) return { ...route, invalid: 'missing' };
  return route;
}

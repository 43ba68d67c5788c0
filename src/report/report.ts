import type { Ask } from '../asks/ask.ts';
import type { Finding } from '../findings.ts';
import type { RequiredPermission } from '../permissions/required-permission.ts';

/** `incomplete`: something could not be checked or turns on a fact that nobody here knows. It is not a pass. */
export type Verdict = 'deployable' | 'blocked' | 'incomplete';

/** Everything that a reporter needs, once. Same input, same bytes: it holds no time and no random value. */
export interface Report {
  readonly version: 1;
  readonly templates: readonly TemplateReport[];
  /** Of the worst template. */
  readonly verdict: Verdict;
}

export interface TemplateReport {
  readonly file: string;
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  /** Number of resources operated on, by kind of operation. */
  readonly operations: Readonly<Record<'create' | 'update' | 'replace' | 'delete', number>>;
  /** The verdict of the route that would be used: the service role's if one is given or on the stack, else direct's. */
  readonly verdict: Verdict;
  /** Name of the route that would be used. */
  readonly usedRoute: string;
  /** Name of the route to take: deployable, or with the fewest asks; undefined when every route is incomplete. */
  readonly recommendedRoute: string | undefined;
  readonly routes: readonly RouteReport[];
  /** Sorted and without duplicates. */
  readonly findings: readonly Finding[];
  readonly asks: readonly Ask[];
  readonly permissions: readonly RequiredPermission[];
}

export interface RouteReport {
  readonly name: string;
  readonly verdict: Verdict;
  /** ARN of the principal that makes the resources. */
  readonly principal: string;
  readonly deployer: string;
  /** Number of permissions judged. */
  readonly checked: number;
  readonly blocked: number;
  readonly unknown: number;
}

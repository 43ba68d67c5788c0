import type { Account } from './account/account.ts';
import { parseArn } from './arn.ts';
import type { Authorizer } from './authorizer.ts';
import { managedPolicyText } from './catalog/managed-policies.ts';
import type { Declared, DeclaredPolicies } from './declared-policies.ts';
import { authorize, compilePrincipal, compileResource } from './iam/authorize.ts';
import type { Evaluation, MissingFact } from './iam/evaluation.ts';
import type { PolicySource, PrincipalPolicies, Readable, ResourcePolicies } from './iam/policy-set.ts';
import type { AuthorizationRequest } from './iam/request.ts';
import type { RequiredPermission } from './permissions/required-permission.ts';
import type { Route } from './routes.ts';
import { certain, isCertain, type Text } from './text.ts';

/** One permission with the answer on one route. */
export interface Judged {
  readonly permission: RequiredPermission;
  /** ARN, or service principal, that was asked for. */
  readonly principal: string;
  readonly evaluation: Evaluation;
  /** The role that is to be passed certainly does not exist, so no permission would help. */
  readonly absentRole: boolean;
}

/** What the answers depend on. */
export interface JudgedWith {
  readonly account: Account;
  readonly authorizer: Authorizer;
  readonly declared: DeclaredPolicies;
  /** ARN texts of the resources that this deployment makes: nothing in the account has a say about those yet. */
  readonly made: ReadonlySet<string>;
  readonly accountId: string;
}

/** Judges every permission on a route, in order; one question to the authorizer for each principal. */
export async function judge(
  route: Route,
  permissions: readonly RequiredPermission[],
  world: JudgedWith,
): Promise<readonly Judged[]> {
  const judged: Judged[] = new Array(permissions.length);
  const asked = new Map<string, number[]>();
  for (const [index, permission] of permissions.entries()) {
    const principal = principalOf(permission, route);
    const local = await judgeLocally(permission, principal, world);
    if (local !== undefined) judged[index] = { permission, principal, evaluation: local, absentRole: false };
    else if (asked.has(principal)) asked.get(principal)?.push(index);
    else asked.set(principal, [index]);
  }
  for (const [principal, indices] of asked) {
    const chosen = indices.flatMap((index) => permissions[index] ?? []);
    const evaluations = await world.authorizer.authorize(
      principal,
      chosen.map((permission) => requestOf(permission, world)),
    );
    for (const [position, index] of indices.entries()) {
      const permission = chosen[position];
      const evaluation = evaluations[position] ?? unanswered('the authorizer gave no answer');
      if (permission === undefined) continue;
      judged[index] = {
        permission,
        principal,
        evaluation,
        absentRole: await isAbsentRole(permission, world),
      };
    }
  }
  return judged;
}

function principalOf(permission: RequiredPermission, route: Route): string {
  switch (permission.actor.kind) {
    case 'deployer':
      return route.deployer;
    case 'execution':
      return route.execution;
    case 'service':
      return permission.actor.service;
    case 'role':
      return permission.actor.arn.text;
  }
}

/** Services, and roles of this very template, are judged from policies here; everybody else by the authorizer. */
async function judgeLocally(
  permission: RequiredPermission,
  principal: string,
  world: JudgedWith,
): Promise<Evaluation | undefined> {
  const { actor } = permission;
  if (actor.kind === 'service') return judgeService(permission, actor.service, world);
  if (actor.kind !== 'role') return undefined;
  const declared = world.declared.get(principal);
  if (declared?.trust !== undefined) return judgeDeclaredRole(permission, principal, declared, world);
  return isCertain(actor.arn)
    ? undefined
    : unanswered(`the role: ${actor.arn.guesses.map((guess) => guess.missing).join(', ')}`);
}

async function judgeService(
  permission: RequiredPermission,
  service: string,
  world: JudgedWith,
): Promise<Evaluation> {
  const request = requestOf(permission, world);
  const declared = declaredFor(permission.resource, world.declared);
  const trust = permission.action.startsWith('sts:AssumeRole');
  const written = trust ? declared?.trust : declared?.resource;
  const resource =
    written !== undefined
      ? policiesOf({ state: 'read', value: written }, world.accountId)
      : isMade(permission.resource, world)
        ? policiesOf({ state: 'read', value: undefined }, world.accountId)
        : await existing(permission.resource, trust, world);
  const nothing: Readable<undefined> = { state: 'read', value: undefined };
  const evaluation = authorize(
    compilePrincipal({
      principal: { kind: 'service', arn: service },
      identity: { state: 'read', value: [] },
      boundary: nothing,
      session: nothing,
      scps: nothing,
      endpoint: nothing,
    }),
    compileResource(resource),
    written === undefined ? request : { ...request, resource: certain(request.resource.text) },
  );
  return doubted(evaluation, declared);
}

async function existing(resource: Text, trust: boolean, world: JudgedWith): Promise<ResourcePolicies> {
  if (!isCertain(resource))
    return policiesOf({ state: 'unread', why: 'its name is not known' }, world.accountId);
  if (!trust) return world.account.resource(resource.text);
  const role = await world.account.role(resource.text);
  if (role.state === 'unread') return policiesOf(role, world.accountId);
  return policiesOf({ state: 'read', value: role.value?.trust }, world.accountId);
}

function policiesOf(policy: ResourcePolicies['policy'], accountId: string): ResourcePolicies {
  return { accountId, policy, rcps: { state: 'read', value: undefined } };
}

async function judgeDeclaredRole(
  permission: RequiredPermission,
  principal: string,
  declared: Declared,
  world: JudgedWith,
): Promise<Evaluation> {
  const attached = await attachedPolicies(declared, world);
  const nothing: Readable<undefined> = { state: 'read', value: undefined };
  const policies: PrincipalPolicies = {
    principal: { kind: 'role', arn: principal, accountId: world.accountId },
    identity:
      attached.state === 'unread'
        ? attached
        : { state: 'read', value: [...declared.identity, ...attached.value] },
    boundary: nothing,
    session: nothing,
    scps: nothing,
    endpoint: nothing,
  };
  // What the role's own inline policies allow is allowed even when an attached policy could not be read.
  const inline = { ...policies, identity: { state: 'read', value: declared.identity } as const };
  const request = requestOf({ ...permission, resource: certain(permission.resource.text) }, world);
  const first = authorize(compilePrincipal(inline), undefined, request);
  if (first.decision === 'allowed' || (attached.state === 'read' && attached.value.length === 0)) {
    return doubted(first, declared);
  }
  return doubted(authorize(compilePrincipal(policies), undefined, request), declared);
}

async function attachedPolicies(
  declared: Declared,
  world: JudgedWith,
): Promise<Readable<readonly PolicySource[]>> {
  const policies: PolicySource[] = [];
  for (const arn of declared.attached) {
    if (world.declared.has(arn.text)) continue;
    const policy = await world.account.managedPolicy(arn.text);
    const text = policy.state === 'unread' ? managedPolicyText(arn.text) : undefined;
    if (text !== undefined) policies.push({ name: arn.text, arn: arn.text, type: 'managed', text });
    else if (policy.state === 'unread') return policy;
    else if (policy.value !== undefined) policies.push(policy.value);
  }
  return { state: 'read', value: policies };
}

/** A denial by a document with unresolved parts may be wrong, so it is no answer. */
function doubted(evaluation: Evaluation, declared: Declared | undefined): Evaluation {
  if (declared?.uncertain !== true || evaluation.decision === 'allowed') return evaluation;
  return unanswered('parts of the policy in the template that are not known before the deployment');
}

function unanswered(what: string): Evaluation {
  const missing: MissingFact[] = [{ kind: 'document', what }];
  return { decision: 'unknown', layers: [], missing, evidence: 'evaluator' };
}

/** The request for a permission. A resource that this deployment makes brings its own policy, or none. */
function requestOf(permission: RequiredPermission, world: JudgedWith): AuthorizationRequest {
  const { action, resource, context } = permission;
  if (permission.actor.kind === 'service' || !isMade(resource, world)) return { action, resource, context };
  const value = declaredFor(resource, world.declared)?.resourceAtCreation;
  return {
    action,
    resource,
    context,
    resourcePolicies: policiesOf({ state: 'read', value }, world.accountId),
  };
}

function declaredFor(resource: Text, declared: DeclaredPolicies): Declared | undefined {
  for (const prefix of prefixesOf(resource.text)) {
    const found = declared.get(prefix);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isMade(resource: Text, world: JudgedWith): boolean {
  return prefixesOf(resource.text).some((prefix) => world.made.has(prefix));
}

/** The text and what comes before each `/` or `:` of its resource part: a bucket for its objects, a function for its aliases. */
function prefixesOf(text: string): readonly string[] {
  const prefixes = [text];
  for (let at = text.length - 1; at > 0; at -= 1) {
    if (text[at] === '/' || text[at] === ':') prefixes.push(text.slice(0, at));
  }
  return prefixes;
}

/** Passing a role that is not there fails whatever the policies say. A role of this template will be there. */
async function isAbsentRole(permission: RequiredPermission, world: JudgedWith): Promise<boolean> {
  const { action, resource } = permission;
  if (action !== 'iam:PassRole' || !isCertain(resource) || isMade(resource, world)) return false;
  if (parseArn(resource.text)?.account !== world.accountId) return false;
  const role = await world.account.role(resource.text);
  return role.state === 'read' && role.value === undefined;
}

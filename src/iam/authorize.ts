import { type CompiledPolicies, compilePolicies } from './compile.ts';
import type { Mode } from './conditions/operators.ts';
import { decide, type Say } from './decide.ts';
import type { Evaluation, Layer } from './evaluation.ts';
import { askLayer, type LayerFacts, type Question } from './layer.ts';
import type { Grant, PolicyLevel, PolicySource, PrincipalIdentity, PrincipalPolicies, Readable, ResourcePolicies } from './policy-set.ts';
import type { AuthorizationRequest } from './request.ts';
import type { Tri } from './tri.ts';

/** A layer of a principal or resource: its policies, or why they are not known. */
type Compiled = { readonly policies: CompiledPolicies } | { readonly unread: string };

interface CompiledLevel {
  readonly name: string;
  readonly policies: CompiledPolicies;
}

/** A principal's policies, compiled once for many requests. */
export interface CompiledPrincipal {
  readonly identity: PrincipalIdentity;
  readonly layers: ReadonlyMap<'identity' | 'boundary' | 'session' | 'endpoint', Compiled>;
  readonly scps: readonly CompiledLevel[] | { readonly unread: string };
}

/** The resource side, compiled once for many requests. */
export interface CompiledResource {
  readonly accountId: string | undefined;
  readonly layer: 'resource' | 'trust';
  readonly policy: Compiled | undefined;
  readonly rcps: readonly CompiledLevel[] | { readonly unread: string };
  readonly grants: Readable<readonly Grant[]> | undefined;
}

/** Compiles what decides about a principal. Service-linked roles are exempt from SCPs. */
export function compilePrincipal(policies: PrincipalPolicies): CompiledPrincipal {
  const layers = new Map<'identity' | 'boundary' | 'session' | 'endpoint', Compiled>();
  layers.set('identity', compiled(policies.identity) ?? { policies: compilePolicies([]) });
  for (const layer of ['boundary', 'session', 'endpoint'] as const) {
    const one = compiled(policies[layer]);
    if (one !== undefined) layers.set(layer, one);
  }
  const exempt = policies.principal.serviceLinked === true || policies.principal.kind === 'service';
  return { identity: policies.principal, layers, scps: exempt ? [] : levels(policies.scps) };
}

/** Compiles what decides on the side of a resource. */
export function compileResource(policies: ResourcePolicies): CompiledResource {
  const trust = policies.policy.state === 'read' && policies.policy.value?.type === 'trust';
  return {
    accountId: policies.accountId,
    layer: trust ? 'trust' : 'resource',
    policy: compiled(policies.policy),
    rcps: levels(policies.rcps),
    grants: policies.grants,
  };
}

function compiled(
  readable: Readable<readonly PolicySource[] | PolicySource | undefined>,
): Compiled | undefined {
  if (readable.state === 'unread') return { unread: readable.why };
  const { value } = readable;
  if (value === undefined) return undefined;
  return { policies: compilePolicies('text' in value ? [value] : value) };
}

function levels(readable: Readable<readonly PolicyLevel[] | undefined>): CompiledPrincipal['scps'] {
  if (readable.state === 'unread') return { unread: readable.why };
  return (readable.value ?? []).map((level) => ({ name: level.name, policies: compilePolicies(level.policies) }));
}

/**
 * May the principal do this? `resource` undefined: no policy on the resource's side could matter.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function authorize(
  principal: CompiledPrincipal,
  resource: CompiledResource | undefined,
  request: AuthorizationRequest,
  mode: Mode = 'production',
): Evaluation {
  const question: Question = { request, action: request.action.toLowerCase(), identity: principal.identity, mode };
  const says: Say[] = [];
  if (principal.identity.kind !== 'service' && principal.identity.kind !== 'root') {
    for (const [layer, one] of principal.layers) says.push({ layer, facts: ask(one, question, layer === 'endpoint') });
  }
  const addLevels = (layer: Layer, listed: CompiledPrincipal['scps']): void => {
    if ('unread' in listed) says.push({ layer, facts: unread(listed.unread) });
    else for (const level of listed) says.push({ layer, level: level.name, facts: ask(level, question, layer === 'rcp') });
  };
  addLevels('scp', principal.scps);
  if (resource !== undefined && principal.identity.serviceLinked !== true && principal.identity.kind !== 'service') {
    addLevels('rcp', resource.rcps);
  }
  if (resource?.policy !== undefined) {
    says.push({ layer: resource.layer, facts: ask(resource.policy, question, true) });
  } else if (resource !== undefined) {
    says.push({ layer: mustAllow(question.action) ? resource.layer : 'resource', facts: nothing });
  }
  return decide(says, {
    identity: principal.identity,
    crossAccount: isCrossAccount(principal, resource),
    resourceMustAllow: resource !== undefined && mustAllow(question.action),
    granted: resource === undefined ? 'no' : grantAllows(resource.grants, question),
    mode,
  });
}

/**
 * Key policies and role trust policies must allow; identity policies alone never do.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
function mustAllow(action: string): boolean {
  return action.startsWith('kms:') || action.startsWith('sts:assumerole');
}

function isCrossAccount(principal: CompiledPrincipal, resource: CompiledResource | undefined): boolean {
  const { accountId } = principal.identity;
  return resource?.accountId !== undefined && accountId !== undefined && resource.accountId !== accountId;
}

function ask(one: Compiled, question: Question, principals: boolean): LayerFacts {
  return 'unread' in one ? unread(one.unread) : askLayer(one.policies, question, principals);
}

const nothing: LayerFacts = {
  deny: 'no',
  allow: 'no',
  allowExactly: 'no',
  allowRole: 'no',
  allowAccount: 'no',
  denying: [],
  allowing: [],
  undecided: [],
  missing: [],
  nearestMiss: undefined,
};

/** A policy that could not be read may allow and may deny. */
function unread(why: string): LayerFacts {
  return {
    ...nothing,
    deny: 'maybe',
    allow: 'maybe',
    allowExactly: 'maybe',
    missing: [{ kind: 'document', what: why }],
  };
}

/**
 * Whether a grant on the key admits the call. A constrained one may, since its encryption context is not known here.
 * https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
function grantAllows(grants: CompiledResource['grants'], question: Question): Tri {
  if (grants?.state !== 'read' || !question.action.startsWith('kms:')) return 'no';
  const operation = question.action.slice('kms:'.length);
  const { arn, sessionArn } = question.identity;
  let result: Tri = 'no';
  for (const grant of grants.value) {
    if (grant.granteePrincipal !== arn && grant.granteePrincipal !== sessionArn) continue;
    if (!grant.operations.some((one) => one.toLowerCase() === operation)) continue;
    if (!grant.constrained) return 'yes';
    result = 'maybe';
  }
  return result;
}

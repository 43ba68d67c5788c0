import type { Judged } from '../evaluations.ts';
import type { Layer, LayerVerdict, StatementReference } from '../iam/evaluation.ts';
import type { PolicySource, PrincipalPolicies, ResourcePolicies } from '../iam/policy-set.ts';
import { pattern } from '../text.ts';
import type { Ask, AskOwner, Statement } from './ask.ts';
import { grant } from './grant.ts';
import { proofOf, type Reauthorize } from './proof.ts';
import { allowing, exempting, type Need } from './statements.ts';

/** The policies that an ask changes and is proven on, as far as they could be read. */
export interface Policies {
  principal(arn: string): PrincipalPolicies | undefined;
  resource(arn: string): ResourcePolicies | undefined;
}

/** A blocker on one layer. */
interface Blocked {
  readonly judged: Judged;
  readonly verdict: LayerVerdict;
}

/** Layers that must each allow; a blocker on any of them needs an ask of its own, whatever the others say. */
const EACH_MUST_ALLOW: ReadonlySet<Layer> = new Set([
  'boundary',
  'session',
  'scp',
  'rcp',
  'endpoint',
  'trust',
]);

/**
 * What to ask so that a route works: one ask for each statement that denies and for each policy that should allow.
 * All asks of the route are granted together for the proof, because a permission may be blocked on several layers.
 */
export function asksOf(
  route: string,
  blockers: readonly Judged[],
  policies: Policies,
  reauthorize: Reauthorize,
): readonly Ask[] {
  const groups = new Map<string, Blocked[]>();
  for (const judged of blockers) {
    for (const verdict of blockingLayers(judged)) {
      const key = keyOf(judged, verdict);
      groups.set(key, [...(groups.get(key) ?? []), { judged, verdict }]);
    }
  }
  const unproven = [...groups.values()].map((group) => askOf(route, group, policies));
  const granted = grant(unproven, policies);
  return unproven.map((ask) => ({ ...ask, proof: proofOf(ask, blockers, granted, reauthorize) }));
}

function blockingLayers({ evaluation }: Judged): readonly LayerVerdict[] {
  return evaluation.layers.filter(
    ({ layer, decision }) =>
      decision === 'explicitDeny' ||
      (decision === 'implicitDeny' && (layer === evaluation.decidedBy || EACH_MUST_ALLOW.has(layer))),
  );
}

/** Blockers with the same key are removed by the same change. */
function keyOf(
  { principal, permission }: Judged,
  { layer, level, decision, statements }: LayerVerdict,
): string {
  const statement = statements[0];
  if (decision === 'explicitDeny' && statement !== undefined) {
    return JSON.stringify([
      layer,
      level,
      statement.policyArn ?? statement.policy,
      statement.index,
      principal,
    ]);
  }
  const resource = layer === 'resource' || layer === 'trust' ? permission.resource.text : '';
  return JSON.stringify([layer, level, principal, resource]);
}

function askOf(route: string, group: readonly Blocked[], policies: Policies): Ask {
  const [first] = group;
  if (first === undefined) throw new RangeError('a group of blockers is never empty');
  const { judged, verdict } = first;
  const needs = group.map((blocked) => needOf(blocked.judged));
  const actions = [...new Set(needs.map((need) => need.action))].sort();
  const common = { route, layer: verdict.layer, principal: judged.principal, actions, proof: undefined };
  const denying = verdict.decision === 'explicitDeny' ? verdict.statements[0] : undefined;
  if (denying !== undefined) {
    const source = sourceOf(denying, judged, policies);
    const statement = (source && statementAt(source, denying.index)) ?? {
      Effect: 'Deny',
      Action: actions,
      Resource: '*',
    };
    const sid = denying.sid === undefined ? {} : { sid: denying.sid };
    return {
      ...common,
      owner: { kind: ownerOf(verdict.layer), name: denying.policy, ...arnOf(denying.policyArn) },
      change: {
        kind: 'exempt',
        ...sid,
        statementIndex: denying.index,
        document: exempting(statement, judged.principal, needs),
      },
    };
  }
  const onResource = verdict.layer === 'resource' || verdict.layer === 'trust';
  const name = onResource
    ? pattern(judged.permission.resource)
    : (boundaryName(verdict, judged, policies) ?? judged.principal);
  return {
    ...common,
    owner: { kind: ownerOf(verdict.layer), name },
    change: {
      kind: 'allow',
      document: onResource ? onResourcePolicy(judged, verdict.layer, needs) : allowing(needs),
    },
  };
}

function onResourcePolicy(judged: Judged, layer: Layer, needs: readonly Need[]): Ask['change']['document'] {
  const element = judged.permission.actor.kind === 'service' ? 'Service' : 'AWS';
  const principal = { Principal: { [element]: judged.principal } };
  const document = allowing(needs, principal);
  if (layer !== 'trust') return document;
  return { ...document, Statement: document.Statement.map(({ Resource: _, ...rest }) => rest) };
}

/** The keys that make an allow least privilege, where the request knows their value. */
const PINNED_KEYS = ['iam:PassedToService', 'iam:AWSServiceName'];

function needOf({ permission }: Judged): Need {
  const pinned: Record<string, string> = {};
  for (const key of PINNED_KEYS) {
    const value = permission.context.entries.get(key.toLowerCase());
    const [only] = value?.state === 'present' ? value.values : [];
    if (only !== undefined && only.guesses.length === 0) pinned[key] = only.text;
  }
  return { action: permission.action, resource: pattern(permission.resource), pinned };
}

function ownerOf(layer: Layer): AskOwner {
  const owners: Readonly<Record<Layer, AskOwner>> = {
    identity: 'identity',
    boundary: 'boundary',
    session: 'session',
    scp: 'organization',
    rcp: 'organization',
    resource: 'resource',
    endpoint: 'endpoint',
    trust: 'role',
  };
  return owners[layer];
}

function boundaryName(verdict: LayerVerdict, judged: Judged, policies: Policies): string | undefined {
  if (verdict.layer === 'scp' || verdict.layer === 'rcp') return verdict.level;
  if (verdict.layer !== 'boundary') return undefined;
  const boundary = policies.principal(judged.principal)?.boundary;
  return boundary?.state === 'read' ? boundary.value?.name : undefined;
}

function arnOf(arn: string | undefined): { readonly arn?: string } {
  return arn === undefined ? {} : { arn };
}

/** The text of the policy that a statement stands in. */
function sourceOf(
  reference: StatementReference,
  judged: Judged,
  policies: Policies,
): PolicySource | undefined {
  const principal = policies.principal(judged.principal);
  const resource = policies.resource(judged.permission.resource.text);
  const sources: PolicySource[] = [];
  if (principal?.identity.state === 'read') sources.push(...principal.identity.value);
  if (principal?.boundary.state === 'read' && principal.boundary.value)
    sources.push(principal.boundary.value);
  if (principal?.session.state === 'read') sources.push(...(principal.session.value ?? []));
  for (const levels of [principal?.scps, resource?.rcps]) {
    if (levels?.state === 'read') sources.push(...(levels.value ?? []).flatMap((level) => level.policies));
  }
  if (resource?.policy.state === 'read' && resource.policy.value) sources.push(resource.policy.value);
  return sources.find((source) =>
    reference.policyArn === undefined ? source.name === reference.policy : source.arn === reference.policyArn,
  );
}

function statementAt(source: PolicySource, index: number): Statement | undefined {
  const document: unknown = JSON.parse(source.text);
  if (typeof document !== 'object' || document === null || !('Statement' in document)) return undefined;
  const statements: readonly unknown[] = Array.isArray(document.Statement)
    ? document.Statement
    : [document.Statement];
  const statement = statements[index];
  return typeof statement === 'object' && statement !== null ? { ...statement } : undefined;
}

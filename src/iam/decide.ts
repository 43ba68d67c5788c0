import type { Mode } from './conditions/operators.ts';
import type { Decision, Evaluation, Layer, LayerVerdict, MissingFact } from './evaluation.ts';
import type { LayerFacts } from './layer.ts';
import type { PrincipalIdentity } from './policy-set.ts';
import { and, or, type Tri } from './tri.ts';

/** What one layer, or one level of it, says. */
export interface Say {
  readonly layer: Layer;
  readonly level?: string;
  readonly facts: LayerFacts;
}

/** What the rules across layers depend on. */
export interface Circumstances {
  readonly identity: PrincipalIdentity;
  readonly crossAccount: boolean;
  /** The resource's own policy must allow: KMS keys, and roles that are to be assumed. */
  readonly resourceMustAllow: boolean;
  /** A KMS grant admits the call. */
  readonly granted: Tri;
  readonly mode: Mode;
}

/**
 * The truth table, for one layer and across them:
 *
 *     a definite Deny                                  -> explicitDeny
 *     no Allow that matches, definitely or maybe       -> implicitDeny
 *     a possible Deny, or no definite Allow            -> unknown
 *     otherwise                                        -> allowed
 */
export function decisionOf(deny: Tri, allow: Tri): Decision {
  if (deny === 'yes') return 'explicitDeny';
  if (allow === 'no') return 'implicitDeny';
  if (deny === 'maybe' || allow === 'maybe') return 'unknown';
  return 'allowed';
}

/** Resource control policies always carry an allow of their own, so only their denies count. */
const DENY_ONLY: ReadonlySet<Layer> = new Set(['rcp']);

/** Joins the layers to one decision, and says which of them makes it. */
export function decide(says: readonly Say[], circumstances: Circumstances): Evaluation {
  const layers = says.map(verdictOf);
  const deny = or(...says.map((say) => say.facts.deny));
  const paths = allowPaths(says, circumstances);
  const decision = decisionOf(deny, paths.allow);
  const missing = decision === 'unknown' ? missingFacts(says) : [];
  const decidedBy = decision === 'allowed' ? undefined : decidingLayer(decision, layers, paths.lacking);
  return {
    decision,
    ...(decidedBy === undefined ? {} : { decidedBy }),
    layers,
    missing,
    evidence: 'evaluator',
  };
}

function verdictOf({ layer, level, facts }: Say): LayerVerdict {
  const allow = DENY_ONLY.has(layer) ? 'yes' : facts.allow;
  const decision = decisionOf(facts.deny, allow);
  const statements = { explicitDeny: facts.denying, allowed: facts.allowing, unknown: facts.undecided, implicitDeny: [] };
  return {
    layer,
    ...(level === undefined ? {} : { level }),
    decision,
    statements: statements[decision],
    ...(decision === 'implicitDeny' && facts.nearestMiss !== undefined ? { nearestMiss: facts.nearestMiss } : {}),
    missing: decision === 'unknown' ? unique(facts.missing) : [],
  };
}

/**
 * Whether some way through the layers allows, and which layer lacks an allow when none does.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
function allowPaths(says: readonly Say[], circumstances: Circumstances): { allow: Tri; lacking: readonly Layer[] } {
  const { identity, crossAccount, resourceMustAllow, granted, mode } = circumstances;
  const each = (layer: Layer): Tri => and(...says.filter((say) => say.layer === layer).map((say) => say.facts.allow));
  const has = (layer: Layer): boolean => says.some((say) => say.layer === layer);
  const gates = and(each('scp'), each('endpoint'));
  const limits = and(each('boundary'), each('session'));
  const own: Tri = identity.kind === 'root' ? 'yes' : has('identity') ? each('identity') : 'no';
  const resource = says.find((say) => say.layer === 'resource' || say.layer === 'trust')?.facts;
  const exactly = or(resource?.allowExactly ?? 'no', mode === 'simulator' ? (resource?.allow ?? 'no') : 'no');
  const role = resource?.allowRole ?? 'no';
  const account = resource?.allowAccount ?? 'no';
  const named = or(exactly, role);
  const lacking: Layer[] = [];
  const lack = (layer: Layer, term: Tri): void => {
    if (term === 'no') lacking.push(layer);
  };
  lack('scp', each('scp'));
  lack('endpoint', each('endpoint'));
  const resourceLayer = says.find((say) => say.layer === 'trust') ? 'trust' : 'resource';
  if (identity.kind === 'service') {
    lack(resourceLayer, exactly);
    return { allow: exactly, lacking };
  }
  if (crossAccount) {
    const ofResource = or(named, account, granted);
    lack('identity', own);
    lack('boundary', each('boundary'));
    lack('session', each('session'));
    lack(resourceLayer, ofResource);
    return { allow: and(gates, own, limits, ofResource), lacking };
  }
  const byIdentity = and(own, limits, resourceMustAllow ? or(named, account) : 'yes');
  const byResource = or(exactly, and(or(role, granted), limits));
  if (resourceMustAllow && or(named, account, granted) === 'no') lacking.push(resourceLayer);
  lack('identity', or(own, named));
  lack('boundary', each('boundary'));
  lack('session', each('session'));
  return { allow: and(gates, or(byIdentity, byResource)), lacking };
}

function decidingLayer(decision: Decision, layers: readonly LayerVerdict[], lacking: readonly Layer[]): Layer | undefined {
  if (decision === 'implicitDeny') return lacking[0] ?? layers.find((verdict) => verdict.decision === 'implicitDeny')?.layer;
  return layers.find((verdict) => verdict.decision === decision)?.layer;
}

function missingFacts(says: readonly Say[]): readonly MissingFact[] {
  return unique(
    says
      .filter(({ facts, layer }) => facts.deny === 'maybe' || (facts.allow === 'maybe' && !DENY_ONLY.has(layer)))
      .flatMap(({ facts }) => facts.missing),
  );
}

function unique(facts: readonly MissingFact[]): readonly MissingFact[] {
  const seen = new Map(facts.map((fact) => [`${fact.kind} ${fact.what}`, fact]));
  return [...seen.values()];
}

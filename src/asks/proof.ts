import type { Judged } from '../evaluations.ts';
import type { Decision, Evaluation } from '../iam/evaluation.ts';
import type { PrincipalPolicies, ResourcePolicies } from '../iam/policy-set.ts';
import type { Ask } from './ask.ts';
import type { Policies } from './asks.ts';

/** Judges a permission again under other policies. */
export type Reauthorize = (
  judged: Judged,
  principal: PrincipalPolicies | undefined,
  resource: ResourcePolicies | undefined,
) => Evaluation | undefined;

/** From worst to best: of several permissions that an ask is for, the worst answer counts. */
const WORST_FIRST: readonly Decision[] = ['explicitDeny', 'implicitDeny', 'unknown', 'allowed'];

/** The decisions on what an ask is for, now and with all asks granted. */
export function proofOf(
  ask: Ask,
  blockers: readonly Judged[],
  granted: Policies,
  reauthorize: Reauthorize,
): Ask['proof'] {
  const concerned = blockers.filter(
    (judged) => judged.principal === ask.principal && ask.actions.includes(judged.permission.action),
  );
  const after: Decision[] = [];
  for (const judged of concerned) {
    const evaluation = reauthorize(
      judged,
      granted.principal(judged.principal),
      granted.resource(judged.permission.resource.text),
    );
    if (evaluation === undefined) return undefined;
    after.push(evaluation.decision);
  }
  return { before: worst(concerned.map((judged) => judged.evaluation.decision)), after: worst(after) };
}

function worst(decisions: readonly Decision[]): Decision {
  return WORST_FIRST.find((decision) => decisions.includes(decision)) ?? 'unknown';
}

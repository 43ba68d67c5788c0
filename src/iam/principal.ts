import { parseArn } from '../arn.ts';
import type { MissingFact } from './evaluation.ts';
import type { Principals } from './policy.ts';
import type { PrincipalIdentity } from './policy-set.ts';

/**
 * How a statement of a resource policy names the principal: not at all; by its account, which leaves the say to the
 * account's own policies; as a role, whose boundary and session still limit it; or as the very user, session or
 * service, which nothing implicit limits.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export type Naming = 'none' | 'account' | 'role' | 'exactly';

/** How the Principal or NotPrincipal element of a statement concerns a principal. */
export function naming(
  principals: Principals | undefined,
  identity: PrincipalIdentity,
  missing: MissingFact[],
): Naming | 'maybe' {
  void missing;
  if (principals === undefined) return 'none';
  let best: Naming = 'none';
  for (const entry of principals.entries) {
    const one = entryNaming(entry, identity);
    if (rank[one] > rank[best]) best = one;
  }
  if (!principals.negated) return best;
  // NotPrincipal with Deny: whoever is not named is meant, and naming the account names its principals too.
  return best === 'none' ? 'exactly' : 'none';
}

const rank: Readonly<Record<Naming, number>> = { none: 0, account: 1, role: 2, exactly: 3 };

function entryNaming(entry: { readonly kind: string; readonly value: string }, identity: PrincipalIdentity): Naming {
  const { kind, value } = entry;
  if (kind === '*') return identity.kind === 'role' ? 'role' : 'exactly';
  if (kind === 'Service') return identity.kind === 'service' && sameService(value, identity.arn) ? 'exactly' : 'none';
  if (kind === 'Federated') return identity.kind === 'federated' && value === identity.arn ? 'exactly' : 'none';
  if (kind !== 'AWS' || identity.kind === 'service') return 'none';
  if (value === identity.sessionArn) return 'exactly';
  if (value === identity.arn) return identity.kind === 'role' ? 'role' : 'exactly';
  const account = /^\d{12}$/.test(value) ? value : accountOfRoot(value);
  return account !== undefined && account === identity.accountId ? 'account' : 'none';
}

function accountOfRoot(value: string): string | undefined {
  const arn = parseArn(value);
  return arn?.service === 'iam' && arn.resource === 'root' ? arn.account : undefined;
}

/**
 * A service may be named with its region or with the partition's domain: `logs.eu-central-1.amazonaws.com`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services
 */
function sameService(value: string, service: string): boolean {
  return value === '*' || value.toLowerCase() === service.toLowerCase();
}

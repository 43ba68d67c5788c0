/** Prints how many recorded answers of AWS our evaluator agrees with: `npm run conformance -- [folder]`. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { authorize, compilePrincipal } from '../src/iam/authorize.ts';
import type { PolicySource } from '../src/iam/policy-set.ts';
import type { ContextValue, RequestContext } from '../src/iam/request.ts';
import { certain } from '../src/text.ts';

interface RecordedContext {
  readonly [key: string]: { readonly type: string; readonly values: readonly string[] };
}

export interface ProductionCase {
  readonly id: string;
  readonly action: string;
  readonly resource: string;
  readonly principal: string;
  readonly identityPolicies: readonly { readonly id: string; readonly document: unknown }[];
  readonly sessionPolicy: unknown;
  readonly context: RecordedContext;
  readonly expect: { readonly decision: 'allowed' | 'denied' | null };
}

/** The context of a recorded request: what it does not hold is absent. */
export function contextOf(recorded: RecordedContext): RequestContext {
  const entries = new Map<string, ContextValue>();
  for (const [key, { type, values }] of Object.entries(recorded)) {
    entries.set(key.toLowerCase(), { state: 'present', values: values.map(certain), multivalued: type.endsWith('List') });
  }
  return { entries, otherwise: 'absent' };
}

const policy = (name: string, type: PolicySource['type'], document: unknown): PolicySource => ({
  name,
  type,
  text: JSON.stringify(document),
});

/** Our decision on a recorded production request: the role's policies and the session's must both allow. */
export function decideProduction(recorded: ProductionCase): string {
  const nothing = { state: 'read', value: undefined } as const;
  const principal = compilePrincipal({
    principal: { kind: 'role', arn: recorded.principal, accountId: recorded.principal.split(':')[4] ?? '' },
    identity: { state: 'read', value: recorded.identityPolicies.map(({ id, document }) => policy(id, 'inline', document)) },
    boundary: nothing,
    session: recorded.sessionPolicy
      ? { state: 'read', value: [policy('session', 'session', recorded.sessionPolicy)] }
      : nothing,
    scps: nothing,
    endpoint: nothing,
  });
  const { decision } = authorize(principal, undefined, {
    action: recorded.action,
    resource: certain(recorded.resource),
    context: contextOf(recorded.context),
  });
  return decision === 'allowed' ? 'allowed' : decision === 'unknown' ? 'unknown' : 'denied';
}

if (process.argv[1] === import.meta.filename) {
  const folder = process.argv[2] ?? join(import.meta.dirname, '../../shared/oracle');
  if (!existsSync(folder)) {
    console.error(`no recorded answers in ${folder}: pass the folder that holds aws-production.json`);
    process.exitCode = 2;
  } else {
    const { cases } = JSON.parse(readFileSync(join(folder, 'aws-production.json'), 'utf8')) as { cases: ProductionCase[] };
    const decided = cases.filter((one) => one.expect.decision !== null);
    const wrong = decided.filter((one) => decideProduction(one) !== one.expect.decision);
    for (const one of wrong) console.log(`differs: ${one.id}: recorded ${one.expect.decision}, ours ${decideProduction(one)}`);
    console.log(`production: ${decided.length - wrong.length} of ${decided.length} agree`);
  }
}

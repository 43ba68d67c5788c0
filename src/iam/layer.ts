import type { CompiledPolicies, CompiledStatement } from './compile.ts';
import { termHolds } from './conditions/condition.ts';
import type { Mode } from './conditions/operators.ts';
import type { MissingFact, NearestMiss, StatementReference } from './evaluation.ts';
import { matchGlob } from './glob.ts';
import type { PrincipalIdentity } from './policy-set.ts';
import { type Naming, naming } from './principal.ts';
import type { AuthorizationRequest } from './request.ts';
import { not, or, type Tri } from './tri.ts';
import { fill } from './variables.ts';

/** What the statements of one layer say to a request, before it is judged together with other layers. */
export interface LayerFacts {
  readonly deny: Tri;
  readonly allow: Tri;
  /** Allows of a resource policy that name the principal itself, and those that only name its account. */
  readonly allowExactly: Tri;
  readonly allowRole: Tri;
  readonly allowAccount: Tri;
  readonly denying: readonly StatementReference[];
  readonly allowing: readonly StatementReference[];
  readonly undecided: readonly StatementReference[];
  readonly missing: readonly MissingFact[];
  readonly nearestMiss: NearestMiss | undefined;
}

/** A request as all layers see it. */
export interface Question {
  readonly request: AuthorizationRequest;
  /** In lower case. */
  readonly action: string;
  readonly identity: PrincipalIdentity;
  readonly mode: Mode;
}

interface Miss {
  readonly fails: NearestMiss['fails'];
  readonly detail: string;
}

/** Asks every statement of a layer that concerns the action. `principals`: the layer's statements name who they are for. */
export function askLayer(policies: CompiledPolicies, question: Question, principals: boolean): LayerFacts {
  const denying: StatementReference[] = [];
  const allowing: StatementReference[] = [];
  const undecided: StatementReference[] = [];
  const missing: MissingFact[] = policies.unreadable.map((what) => ({ kind: 'document', what }));
  let deny: Tri = policies.unreadable.length > 0 ? 'maybe' : 'no';
  const allows: Record<Naming, Tri> = { none: 'no', account: 'no', role: 'no', exactly: 'no' };
  if (policies.unreadable.length > 0) allows.exactly = 'maybe';
  let nearestMiss: NearestMiss | undefined;
  for (const statement of policies.concerning(question.action)) {
    const named = principals ? naming(statement.principals, question.identity, missing) : 'exactly';
    if (named === 'none' || named === 'maybe') {
      if (nearestMiss === undefined && statement.statement.effect === 'Allow') {
        nearestMiss = { statement: statement.reference, fails: 'principal', detail: question.identity.arn };
      }
      continue;
    }
    const before = missing.length;
    const result = matchStatement(statement, question, missing);
    if (result.match !== 'maybe') missing.length = before;
    if (statement.statement.effect === 'Deny') {
      deny = or(deny, result.match);
      if (result.match === 'yes') denying.push(statement.reference);
    } else {
      allows[named] = or(allows[named], result.match);
      if (result.match === 'yes') allowing.push(statement.reference);
      if (result.match === 'no' && result.miss !== undefined) {
        nearestMiss ??= { statement: statement.reference, ...result.miss };
      }
    }
    if (result.match === 'maybe') undecided.push(statement.reference);
  }
  return {
    deny,
    allow: or(allows.exactly, allows.role, allows.account),
    allowExactly: allows.exactly,
    allowRole: allows.role,
    allowAccount: allows.account,
    denying,
    allowing,
    undecided,
    missing,
    nearestMiss,
  };
}

/** Whether resource and conditions match; the action does already. */
function matchStatement(
  statement: CompiledStatement,
  question: Question,
  missing: MissingFact[],
): { readonly match: Tri; readonly miss?: Miss } {
  const resource = resourceMatches(statement, question, missing);
  if (resource === 'no') {
    return { match: 'no', miss: { fails: 'resource', detail: describeResources(statement) } };
  }
  let match: Tri = resource;
  for (const term of statement.terms) {
    const holds = termHolds(term, question.request.context, statement.statement.effect, question.mode, missing);
    if (holds === 'no') {
      if (resource !== 'yes') return { match: 'no' };
      const { operator, key, values } = term.term;
      return { match: 'no', miss: { fails: 'condition', detail: `${operator} ${key}: ${values.join(', ')}` } };
    }
    if (holds === 'maybe') match = 'maybe';
  }
  return { match };
}

function describeResources(statement: CompiledStatement): string {
  const { resources } = statement.statement;
  return `${resources?.negated ? 'not ' : ''}${(resources?.patterns ?? []).join(', ')}`;
}

function resourceMatches(statement: CompiledStatement, question: Question, missing: MissingFact[]): Tri {
  if (statement.anyResource) return 'yes';
  const { resource, context } = question.request;
  let any: Tri = 'no';
  for (const template of statement.resources) {
    const filled = fill(template, context);
    if (filled.state === 'unknown') {
      missing.push({ kind: 'context', what: filled.key });
      any = or(any, 'maybe');
    } else if (filled.state === 'filled') {
      const match = matchGlob(filled.glob, resource);
      if (match === 'maybe') for (const guess of resource.guesses) missing.push({ kind: 'guess', what: guess.missing });
      any = or(any, match);
    }
    if (any === 'yes') break;
  }
  return statement.resourcesNegated ? not(any) : any;
}

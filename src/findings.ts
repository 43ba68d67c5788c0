import type { Judged } from './evaluations.ts';
import type { Decision, Layer, LayerVerdict, MissingFact, StatementReference } from './iam/evaluation.ts';
import type { Actor } from './permissions/required-permission.ts';
import type { Route } from './routes.ts';
import { isRuleId, type RuleId, rules } from './rules.ts';
import type { SourceLocation } from './source-location.ts';
import type { TemplateProblem } from './template/template.ts';
import { pattern } from './text.ts';

export type Severity = 'error' | 'warning' | 'note';

/** What a finding does to the verdict of its route. */
export type Effect = 'blocks' | 'unknown' | 'none';

/**
 * One thing that a person should know: a rule id, the facts and the place. No prose: the words are made in
 * report/messages.ts from the rule and the facts.
 */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** The route that it holds on; absent for what holds on every route. */
  readonly route?: string;
  readonly effect: Effect;
  readonly action?: string;
  /** The ARN judged, `*` for guesses: a pattern for people. */
  readonly resource?: string;
  /** ARN, service principal or role that lacks the permission. */
  readonly principal?: string;
  readonly actor?: Actor['kind'];
  readonly certainty?: 'certain' | 'possible';
  readonly decision?: Decision;
  readonly layer?: Layer;
  /** The statement that decides, when there is one. */
  readonly statement?: StatementReference;
  /** Every layer's say, for the details. */
  readonly layers?: readonly LayerVerdict[];
  readonly missing?: readonly MissingFact[];
  readonly operation?: string;
  readonly logicalId?: string;
  readonly type?: string;
  readonly property?: string;
  readonly at?: SourceLocation;
  /** The page or package behind the need. */
  readonly source?: string;
  /** Further facts that the rule's words use. */
  readonly facts: Readonly<Record<string, string>>;
}

/**
 * The findings of one route: one for each judged permission that is not allowed, and one for a service role that
 * cannot be used at all. Sorted, without duplicates.
 */
export function findingsOfRoute(route: Route, judged: readonly Judged[]): readonly Finding[] {
  const findings = judged.flatMap((one) => {
    const classified = classify(one);
    return classified === undefined ? [] : [findingOf(route, one, classified)];
  });
  if (route.invalid !== undefined) {
    findings.push({
      rule: 'service-role-invalid',
      severity: 'error',
      route: route.name,
      effect: 'blocks',
      principal: route.execution,
      facts: { reason: route.invalid, role: route.execution },
    });
  }
  return sortFindings(findings);
}

/** The findings about the template itself, which hold on every route. */
export function findingsOfProblems(problems: readonly TemplateProblem[]): readonly Finding[] {
  return sortFindings(
    problems.map((problem) => {
      const rule = isRuleId(problem.rule) ? problem.rule : 'template-error';
      const { severity, effect } = rules[rule];
      const logicalId = problem.logicalId === undefined ? {} : { logicalId: problem.logicalId };
      return { rule, severity, effect, at: problem.at, facts: problem.facts, ...logicalId };
    }),
  );
}

interface Classified {
  readonly rule: RuleId;
  readonly effect: Effect;
}

/**
 * The truth table between an answer and what it means for the deployment. Only a denied permission that is certain
 * and needed while deploying blocks; only such a one makes the verdict incomplete when it is unknown.
 */
function classify({ permission, evaluation, absentRole }: Judged): Classified | undefined {
  const { certainty, failsAt, because, action, actor } = permission;
  const needed = certainty === 'certain' && failsAt === 'deploy' && because.operation !== 'rollback';
  if (absentRole) return needed ? { rule: 'passed-role-missing', effect: 'blocks' } : undefined;
  if (evaluation.decision === 'allowed') return undefined;
  if (evaluation.decision === 'unknown') return needed ? { rule: 'undecided', effect: 'unknown' } : undefined;
  if (certainty === 'possible') {
    return because.operation === 'rollback' ? undefined : { rule: 'possible-denial', effect: 'none' };
  }
  const effect = needed ? 'blocks' : 'none';
  if (because.operation === 'rollback') return { rule: 'rollback-denied', effect };
  if (action === 'sts:AssumeRole' && actor.kind === 'service') return { rule: 'passed-role-trust', effect };
  return { rule: needed ? 'denied' : 'runtime-denial', effect };
}

function findingOf(route: Route, judged: Judged, { rule, effect }: Classified): Finding {
  const { permission, evaluation, principal } = judged;
  const { because } = permission;
  const layer = evaluation.layers.find(
    (verdict) => verdict.layer === evaluation.decidedBy && verdict.decision === evaluation.decision,
  );
  const statement = layer?.statements[0];
  return {
    rule,
    severity: effect === 'blocks' ? 'error' : rules[rule].severity,
    route: route.name,
    effect,
    action: permission.action,
    resource: pattern(permission.resource),
    principal,
    actor: permission.actor.kind,
    certainty: permission.certainty,
    decision: evaluation.decision,
    layers: evaluation.layers,
    missing: evaluation.missing,
    operation: because.operation,
    at: because.at,
    source: because.source,
    facts: {},
    ...(evaluation.decidedBy === undefined ? {} : { layer: evaluation.decidedBy }),
    ...(statement === undefined ? {} : { statement }),
    ...(because.logicalId === undefined ? {} : { logicalId: because.logicalId }),
    ...(because.type === undefined ? {} : { type: because.type }),
    ...(because.property === undefined ? {} : { property: because.property }),
  };
}

const BY_SEVERITY: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

/** Most severe first, then by place, so that equal input gives equal bytes. A need that two rules state is said once. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Map<string, Finding>();
  for (const finding of findings) {
    const key = JSON.stringify([
      finding.rule,
      finding.route,
      finding.principal,
      finding.action,
      finding.resource,
      finding.action === undefined ? [finding.at?.line, finding.at?.column, finding.facts] : [],
    ]);
    if (!seen.has(key)) seen.set(key, finding);
  }
  return [...seen.values()].sort(
    (a, b) =>
      BY_SEVERITY[a.severity] - BY_SEVERITY[b.severity] ||
      compare(a.at?.file ?? '', b.at?.file ?? '') ||
      (a.at?.line ?? 0) - (b.at?.line ?? 0) ||
      (a.at?.column ?? 0) - (b.at?.column ?? 0) ||
      compare(a.action ?? '', b.action ?? '') ||
      compare(a.resource ?? '', b.resource ?? '') ||
      compare(a.rule, b.rule),
  );
}

/** By code unit: the order must not depend on the machine's locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

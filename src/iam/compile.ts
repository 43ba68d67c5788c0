import { compileTerm, type CompiledTerm } from './conditions/condition.ts';
import type { StatementReference } from './evaluation.ts';
import { type Glob, globOf, matchesText } from './glob.ts';
import { isPolicyError, type Policy, parsePolicy, type Principals, type Statement } from './policy.ts';
import type { PolicySource } from './policy-set.ts';
import { type PatternTemplate, patternTemplate } from './variables.ts';

/** A statement made ready for many requests. */
export interface CompiledStatement {
  readonly statement: Statement;
  readonly reference: StatementReference;
  readonly actions: readonly Glob[];
  readonly actionsNegated: boolean;
  readonly resources: readonly PatternTemplate[];
  readonly resourcesNegated: boolean;
  /** The statement has no Resource element, as in a trust policy. */
  readonly anyResource: boolean;
  readonly principals: Principals | undefined;
  readonly terms: readonly CompiledTerm[];
}

/** All statements of one layer, with those that an action can concern found once for each action. */
export interface CompiledPolicies {
  readonly statements: readonly CompiledStatement[];
  /** Documents that are no policies: what they would say is not known. */
  readonly unreadable: readonly string[];
  /** Statements whose action element admits an action (in lower case). */
  concerning(action: string): readonly CompiledStatement[];
}

/** No more actions than this are remembered for a set of policies. */
const MOST_REMEMBERED = 20_000;

/** Compiles the policies of one layer. A document that does not parse is named in `unreadable`. */
export function compilePolicies(sources: readonly PolicySource[]): CompiledPolicies {
  const statements: CompiledStatement[] = [];
  const unreadable: string[] = [];
  for (const source of sources) {
    const policy = parsePolicy(source);
    if (isPolicyError(policy)) unreadable.push(`${source.name}: ${policy.message} (line ${policy.line}, column ${policy.column})`);
    else for (const statement of policy.statements) statements.push(compileStatement(statement, policy));
  }
  return { statements, unreadable, concerning: rememberingByAction(statements) };
}

function rememberingByAction(
  statements: readonly CompiledStatement[],
): (action: string) => readonly CompiledStatement[] {
  const remembered = new Map<string, readonly CompiledStatement[]>();
  return (action) => {
    const known = remembered.get(action);
    if (known !== undefined) return known;
    const found = statements.filter((statement) => admitsAction(statement, action));
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(action, found);
    return found;
  };
}

/** Whether the statement's Action or NotAction admits an action in lower case. */
export function admitsAction(statement: CompiledStatement, action: string): boolean {
  return statement.actions.some((glob) => matchesText(glob, action)) !== statement.actionsNegated;
}

function compileStatement(statement: Statement, policy: Policy): CompiledStatement {
  const variables = policy.version === '2012-10-17';
  return {
    statement,
    reference: referenceTo(statement, policy),
    actions: statement.actions.patterns.map((pattern) => globOf(pattern.toLowerCase())),
    actionsNegated: statement.actions.negated,
    resources: (statement.resources?.patterns ?? []).map((pattern) => patternTemplate(pattern, variables)),
    resourcesNegated: statement.resources?.negated ?? false,
    anyResource: statement.resources === undefined,
    principals: statement.principals,
    terms: statement.conditions.map((term) => compileTerm(term, variables)),
  };
}

function referenceTo(statement: Statement, { source }: Policy): StatementReference {
  return {
    policy: source.name,
    ...(source.arn === undefined ? {} : { policyArn: source.arn }),
    type: source.type,
    effect: statement.effect,
    ...(statement.sid === undefined ? {} : { sid: statement.sid }),
    index: statement.index,
    ...(statement.span === undefined ? {} : { line: statement.span.line, column: statement.span.column }),
  };
}

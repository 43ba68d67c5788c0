import type { PolicyDocument, Statement } from './ask.ts';

/** An action on a resource that a statement must allow or stop denying. */
export interface Need {
  readonly action: string;
  /** An ARN, with `*` for what is not known before the deployment; `*` alone for actions without resource types. */
  readonly resource: string;
  /** Condition keys to pin, so that the request asks for no more than this: `iam:PassedToService`. */
  readonly pinned: Readonly<Record<string, string>>;
}

/** A document that allows exactly the needs: actions that need the same resources share a statement. */
export function allowing(needs: readonly Need[], principal?: Statement): PolicyDocument {
  const byAction = new Map<string, { action: string; pinned: Need['pinned']; resources: Set<string> }>();
  for (const need of needs) {
    const key = JSON.stringify([need.action, need.pinned]);
    const entry = byAction.get(key) ?? { action: need.action, pinned: need.pinned, resources: new Set() };
    entry.resources.add(need.resource);
    byAction.set(key, entry);
  }
  const byResources = new Map<string, { actions: string[]; resources: string[]; pinned: Need['pinned'] }>();
  for (const { action, pinned, resources } of byAction.values()) {
    const sorted = minimal([...resources]);
    const key = JSON.stringify([sorted, pinned]);
    const group = byResources.get(key) ?? { actions: [], resources: sorted, pinned };
    group.actions.push(action);
    byResources.set(key, group);
  }
  const statements = [...byResources.values()].map(({ actions, resources, pinned }) => ({
    Effect: 'Allow',
    ...principal,
    Action: oneOrMany(actions.sort()),
    Resource: oneOrMany(resources),
    ...(Object.keys(pinned).length === 0 ? {} : { Condition: { StringEquals: pinned } }),
  }));
  return { Version: '2012-10-17', Statement: statements };
}

/**
 * What to put in the place of a Deny so that only this principal, and only for these needs, gets past it: the
 * statement for everybody else as it was, and for the principal on all other resources. A need without a resource
 * cannot be told apart by resource, so then the principal is exempt altogether.
 */
export function exempting(statement: Statement, principal: string, needs: readonly Need[]): PolicyDocument {
  const others = withCondition(statement, 'ArnNotLike', principal);
  const resources = minimal([...new Set(needs.map((need) => need.resource))]);
  if (resources.includes('*') || statement.Resource !== '*')
    return { Version: '2012-10-17', Statement: [others] };
  const { Resource: _, Sid, ...rest } = withCondition(statement, 'ArnLike', principal);
  const sid = typeof Sid === 'string' ? { Sid: `${Sid}Elsewhere` } : {};
  return {
    Version: '2012-10-17',
    Statement: [others, { ...sid, ...rest, NotResource: oneOrMany(resources) }],
  };
}

function withCondition(
  statement: Statement,
  operator: 'ArnLike' | 'ArnNotLike',
  principal: string,
): Statement {
  const condition = isRecord(statement.Condition) ? statement.Condition : {};
  const existing = isRecord(condition[operator]) ? condition[operator] : {};
  const before = existing['aws:PrincipalArn'];
  const values = before === undefined ? [] : Array.isArray(before) ? before : [before];
  const merged = { ...existing, 'aws:PrincipalArn': oneOrMany([...values, principal]) };
  return { ...statement, Condition: { ...condition, [operator]: merged } };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Sorted, and without ARNs that another one with `*` at its end covers. */
function minimal(resources: readonly string[]): string[] {
  const covers = (wide: string, narrow: string): boolean =>
    wide !== narrow && wide.endsWith('*') && narrow.startsWith(wide.slice(0, -1));
  return resources
    .filter((narrow) => !resources.some((wide) => wide !== '*' && covers(wide, narrow)))
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function oneOrMany<T>(values: readonly T[]): T | readonly T[] {
  const [first] = values;
  return values.length === 1 && first !== undefined ? first : values;
}

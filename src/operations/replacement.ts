import type { ResourceModel } from '../catalog/entry.ts';
import type { Value } from '../template/value.ts';
import type { Change } from './changes.ts';

export type Replacement = 'always' | 'sometimes' | 'never';

/**
 * Whether changes replace the resource. A rule for `A.B` also holds for a change of all of `A` that touches `B`,
 * and a rule for `A` for a change anywhere within it.
 */
export function replacementOf(model: ResourceModel | undefined, changes: readonly Change[]): Replacement {
  let result: Replacement = 'never';
  for (const [rule, always] of Object.entries(model?.replacedBy ?? {})) {
    const path = stepsOf(rule);
    if (!changes.some((change) => touches(change, path))) continue;
    if (always) return 'always';
    result = 'sometimes';
  }
  return result;
}

/** Steps of a path without the marks of list elements. */
function stepsOf(path: string): readonly string[] {
  return path
    .replaceAll('[]', '')
    .replaceAll('{}', '')
    .split(/[./]/)
    .filter((step) => step !== '' && step !== '*');
}

function touches(change: Change, rule: readonly string[]): boolean {
  const changed = stepsOf(change.path);
  if (changed.slice(0, rule.length).join('.') === rule.join('.')) return true;
  if (rule.slice(0, changed.length).join('.') !== changed.join('.')) return false;
  const rest = rule.slice(changed.length);
  return has(change.before, rest) || has(change.after, rest);
}

function has(value: Value | undefined, path: readonly string[]): boolean {
  if (value === undefined) return false;
  const [step, ...rest] = path;
  if (step === undefined) return true;
  if (value.kind === 'list') return value.items.some((item) => has(item, path));
  if (value.kind === 'unknown') return true;
  return value.kind === 'map' && has(value.entries.get(step)?.value, rest);
}

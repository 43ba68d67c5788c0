import type { Edge } from './resolver.ts';

/**
 * One edge of each cycle among the resources, with the cycle as a path. CloudFormation refuses a template in which
 * resources need each other, by any property or DependsOn. Without recursion, as a chain may be as long as a template.
 */
export function cyclesOf(
  edges: readonly Edge[],
): readonly { readonly edge: Edge; readonly path: readonly string[] }[] {
  const outgoing = new Map<string, Edge[]>();
  for (const edge of edges) {
    const known = outgoing.get(edge.from);
    if (known === undefined) outgoing.set(edge.from, [edge]);
    else if (!known.some((other) => other.to === edge.to)) known.push(edge);
  }
  const done = new Set<string>();
  const cycles: { edge: Edge; path: string[] }[] = [];
  for (const start of outgoing.keys()) {
    if (!done.has(start)) walk(start, outgoing, done, cycles);
  }
  return cycles;
}

function walk(
  start: string,
  outgoing: ReadonlyMap<string, readonly Edge[]>,
  done: Set<string>,
  cycles: { edge: Edge; path: string[] }[],
): void {
  const path: { name: string; next: number }[] = [{ name: start, next: 0 }];
  const open = new Map([[start, 0]]);
  for (;;) {
    const top = path.at(-1);
    if (top === undefined) return;
    const edge = outgoing.get(top.name)?.[top.next];
    top.next += 1;
    if (edge === undefined) {
      path.pop();
      open.delete(top.name);
      done.add(top.name);
    } else if (open.has(edge.to)) {
      cycles.push({ edge, path: [...path.slice(open.get(edge.to)).map(({ name }) => name), edge.to] });
    } else if (!done.has(edge.to)) {
      open.set(edge.to, path.length);
      path.push({ name: edge.to, next: 0 });
    }
  }
}

import {
  attachedPolicies,
  type DeclaredPolicy,
  declaredPolicies,
  declaredStatements,
} from './catalog/declared-policies.ts';
import type { PolicySource } from './iam/policy-set.ts';
import { propertyValues } from './permissions/conditions.ts';
import { evaluateExpression } from './permissions/expressions.ts';
import type { Resource, Template } from './template/template.ts';
import type { Value } from './template/value.ts';
import type { Text } from './text.ts';

/** The policies that one template gives to one role or resource. */
export interface Declared {
  readonly identity: readonly PolicySource[];
  readonly trust: PolicySource | undefined;
  readonly resource: PolicySource | undefined;
  /** The resource policy that holds from the first moment: it is a property of the resource itself. */
  readonly resourceAtCreation: PolicySource | undefined;
  /** ARNs of managed policies that the template attaches and does not contain. */
  readonly attached: readonly Text[];
  /** Parts of the documents could not be resolved: a denial may be wrong, and so may an answer that needs them. */
  readonly uncertain: boolean;
}

interface Collected {
  readonly identity: PolicySource[];
  readonly trust: PolicySource[];
  readonly resource: unknown[];
  readonly atCreation: unknown[];
  readonly attached: Text[];
  uncertain: boolean;
}

/** What the template grants, by the ARN text of the role or resource that it grants it to. */
export type DeclaredPolicies = ReadonlyMap<string, Declared>;

/** Reads the policies out of a template: roles' own, attached ones, bucket, queue, topic, key and function policies. */
export function declaredPoliciesOf(template: Template): DeclaredPolicies {
  const bySubject = new Map<string, Collected>();
  for (const resource of template.resources.values()) {
    for (const rule of declaredPolicies)
      if (rule.type === resource.type) collect(rule, resource, template, bySubject);
    for (const rule of attachedPolicies) {
      if (rule.type !== resource.type) continue;
      for (const subject of evaluateExpression(rule.subject, resource, template)) {
        for (const value of propertyValues(resource.properties, rule.arns)) {
          if (value.kind === 'text') at(bySubject, subject.text).attached.push(value.text);
          else at(bySubject, subject.text).uncertain = true;
        }
      }
    }
    for (const rule of declaredStatements) {
      if (rule.type !== resource.type) continue;
      for (const subject of evaluateExpression(rule.subject, resource, template)) {
        const text = (path: string): string | undefined => {
          const value = propertyValues(resource.properties, path)[0];
          return value?.kind === 'text' ? value.text.text : undefined;
        };
        const principal = text(rule.principal) ?? '';
        at(bySubject, subject.text).resource.push({
          Sid: resource.logicalId,
          Effect: 'Allow',
          Principal: principalElement(principal),
          Action: text(rule.action) ?? '',
          Resource: subject.text,
          Condition: conditionElement(rule.conditions, text),
        });
      }
    }
  }
  return new Map([...bySubject].map(([subject, collected]) => [subject, finish(subject, collected)]));
}

function collect(
  rule: DeclaredPolicy,
  resource: Resource,
  template: Template,
  bySubject: Map<string, Collected>,
): void {
  const documents = propertyValues(resource.properties, rule.document);
  for (const subject of evaluateExpression(rule.subject, resource, template)) {
    const collected = at(bySubject, subject.text);
    if (documents.length === 0 && rule.default !== undefined) {
      const text = JSON.stringify(rule.default)
        .replaceAll('${Account}', template.stack.accountId)
        .replaceAll('${Partition}', template.stack.partition);
      collected.atCreation.push(...statementsOf(JSON.parse(text)));
    }
    for (const document of documents) {
      const plain = plainValue(document);
      if (plain.uncertain) collected.uncertain = true;
      if (rule.layer === 'resource') {
        const statements = rule.subject === '${self}' ? collected.atCreation : collected.resource;
        statements.push(...statementsOf(plain.value));
      } else {
        const source = { name: `${resource.logicalId} in the template`, text: JSON.stringify(plain.value) };
        if (rule.layer === 'trust') collected.trust.push({ ...source, type: 'trust' });
        else collected.identity.push({ ...source, type: 'inline' });
      }
    }
  }
}

function at(bySubject: Map<string, Collected>, subject: string): Collected {
  const found = bySubject.get(subject);
  if (found !== undefined) return found;
  const made: Collected = {
    identity: [],
    trust: [],
    resource: [],
    atCreation: [],
    attached: [],
    uncertain: false,
  };
  bySubject.set(subject, made);
  return made;
}

function finish(subject: string, collected: Collected): Declared {
  const policy = (statements: readonly unknown[]): PolicySource | undefined =>
    statements.length === 0
      ? undefined
      : {
          name: `the policy of ${subject} in the template`,
          type: 'resource',
          text: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
        };
  return {
    identity: collected.identity,
    trust: collected.trust[0],
    resource: policy([...collected.atCreation, ...collected.resource]),
    resourceAtCreation: policy(collected.atCreation),
    attached: collected.attached,
    uncertain: collected.uncertain,
  };
}

function statementsOf(document: unknown): unknown[] {
  if (typeof document !== 'object' || document === null || !('Statement' in document)) return [];
  return Array.isArray(document.Statement) ? document.Statement : [document.Statement];
}

/**
 * How `AddPermission` writes its principal: a service's domain, an account, an ARN, or everybody.
 * https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
 */
function principalElement(principal: string): unknown {
  if (principal === '*') return '*';
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` };
  return principal.startsWith('arn:') ? { AWS: principal } : { Service: principal };
}

function conditionElement(
  conditions: readonly (readonly [string, string, string])[],
  text: (path: string) => string | undefined,
): Record<string, Record<string, string>> {
  const element: Record<string, Record<string, string>> = {};
  for (const [operator, key, property] of conditions) {
    const value = text(property);
    if (value !== undefined) element[operator] = { ...element[operator], [key]: value };
  }
  return element;
}

/**
 * A resolved value as plain JSON. Placeholders stay in: they are the same wherever the template names the same
 * resource, so its own policies and its own ARNs still meet. Whatever else is unknown makes the result uncertain.
 */
function plainValue(value: Value): { readonly value: unknown; readonly uncertain: boolean } {
  switch (value.kind) {
    case 'text':
      return {
        value: value.text.text,
        uncertain: value.refersTo === undefined && value.text.guesses.length > 0,
      };
    case 'list': {
      const items = value.items.map(plainValue);
      return { value: items.map((item) => item.value), uncertain: items.some((item) => item.uncertain) };
    }
    case 'map': {
      const entries = [...value.entries].map(([key, entry]) => [key, plainValue(entry.value)] as const);
      return {
        value: Object.fromEntries(entries.map(([key, entry]) => [key, entry.value])),
        uncertain: entries.some(([, entry]) => entry.uncertain),
      };
    }
    case 'unknown':
      return { value: {}, uncertain: true };
  }
}

import type { PolicyType } from './policy-set.ts';

/** Unknown is a value: it carries what is missing, and only the verdict collapses it. */
export type Decision = 'allowed' | 'explicitDeny' | 'implicitDeny' | 'unknown';

/** The kinds of policy that each have a say, in the order in which a report names them. */
export type Layer = 'identity' | 'boundary' | 'session' | 'scp' | 'rcp' | 'resource' | 'endpoint' | 'trust';

/** The answer to one request, with its explanation. */
export interface Evaluation {
  readonly decision: Decision;
  /** The layer that decides, for everything but `allowed`. */
  readonly decidedBy?: Layer;
  /** Each layer that had a say. */
  readonly layers: readonly LayerVerdict[];
  /** Facts that could flip the decision, and only those. Empty unless the decision is `unknown`. */
  readonly missing: readonly MissingFact[];
  /** Who answered. */
  readonly evidence: 'evaluator' | 'simulator' | 'simulator+evaluator';
}

export interface LayerVerdict {
  readonly layer: Layer;
  /** The level of the organization, for SCPs and RCPs. */
  readonly level?: string;
  readonly decision: Decision;
  /** The statements that decide: the denies for explicitDeny, the allows for allowed, the undecided for unknown. */
  readonly statements: readonly StatementReference[];
  /** For an implicit deny: the statement that comes nearest to allowing, and what it fails on. */
  readonly nearestMiss?: NearestMiss;
  readonly missing: readonly MissingFact[];
}

/** A statement in a policy, found again by a person: policy, Sid or index, and the place in the policy's text. */
export interface StatementReference {
  readonly policy: string;
  readonly policyArn?: string;
  readonly type: PolicyType;
  readonly effect: 'Allow' | 'Deny';
  readonly sid?: string;
  /** 0-based. */
  readonly index: number;
  /** 1-based, of the statement's first character in the stored text; absent when only a simulator named it. */
  readonly line?: number;
  readonly column?: number;
}

export interface NearestMiss {
  readonly statement: StatementReference;
  /** The one element that does not match. */
  readonly fails: 'action' | 'resource' | 'principal' | 'condition';
  /** For `condition`: operator, key and the values wanted. For `resource`: the patterns. */
  readonly detail: string;
}

/** A fact that nobody here knows. */
export interface MissingFact {
  /** `context`: a condition key's value; `guess`: a part of an ARN; `document`: a policy that could not be read. */
  readonly kind: 'context' | 'guess' | 'document';
  /** The key, what the guess stands for, or the policy and why it is unread. */
  readonly what: string;
}

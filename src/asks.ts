import type { Decision, Layer } from './iam/evaluation.ts';

/** The smallest change that removes a blocker, addressed to whoever owns the layer, and proven by evaluating again. */
export interface Ask {
  readonly route: string;
  readonly layer: Layer;
  /** Who can change it: `the owner of the managed policy OrgDenyEscalation`. Made of facts, not prose. */
  readonly owner: { readonly kind: AskOwner; readonly name: string };
  readonly change: /** Add this statement to the principal's identity policy, boundary, SCP or the resource's policy. */
    | { readonly kind: 'allow'; readonly principal: string; readonly document: PolicyDocument }
    /** Except this principal or these resources from the statement that denies. */
    | {
        readonly kind: 'exempt';
        readonly policy: string;
        readonly sid?: string;
        readonly statementIndex: number;
        readonly document: PolicyDocument;
      }
    /** Let this service assume the role. */
    | { readonly kind: 'trust'; readonly role: string; readonly document: PolicyDocument };
  /** Actions it unblocks, sorted. */
  readonly actions: readonly string[];
  /** The decision now and the one that evaluation gives with the change; undefined when it could not be proven. */
  readonly proof: { readonly before: Decision; readonly after: Decision } | undefined;
}

export type AskOwner =
  | 'identity'
  | 'boundary'
  | 'organization'
  | 'resource'
  | 'role'
  | 'endpoint'
  | 'session';

/** A policy document as AWS takes it. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Readonly<Record<string, unknown>>[];
}

import type { Decision, Layer } from '../iam/evaluation.ts';

/** The smallest change that removes blockers of one kind, addressed to whoever owns the layer, and proven. */
export interface Ask {
  readonly route: string;
  readonly layer: Layer;
  /** The policy to change, or the principal or resource that gets a statement. */
  readonly owner: { readonly kind: AskOwner; readonly name: string; readonly arn?: string };
  /** ARN or service principal that is blocked. */
  readonly principal: string;
  readonly change: Change;
  /** Actions that it unblocks, sorted. */
  readonly actions: readonly string[];
  /**
   * The decision now, and the one that evaluation gives with all asks of the route granted; undefined when the
   * policies could not be read, so that nothing could be proven.
   */
  readonly proof: { readonly before: Decision; readonly after: Decision } | undefined;
}

export type Change =
  /** Add these statements to the policy, or attach them as a policy of their own. */
  | { readonly kind: 'allow'; readonly document: PolicyDocument }
  /** Put these statements in the place of the one that denies: all others stay denied. */
  | {
      readonly kind: 'exempt';
      readonly sid?: string;
      /** 0-based. */
      readonly statementIndex: number;
      readonly document: PolicyDocument;
    };

/** Who can make the change. */
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
  readonly Statement: readonly Statement[];
}

export type Statement = Readonly<Record<string, unknown>>;

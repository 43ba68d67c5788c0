import type { Text } from '../text.ts';
import type { ResourcePolicies } from './policy-set.ts';

/** One question to a policy layer: may this principal do this to that, in this context? */
export interface AuthorizationRequest {
  readonly action: string;
  /** An ARN, or `*` for an action without resource types. */
  readonly resource: Text;
  readonly context: RequestContext;
  /**
   * What decides on the side of the resource, where the asker knows better than the account: a resource that this
   * deployment makes has the policy that the template gives it. Absent: whatever the account says.
   */
  readonly resourcePolicies?: ResourcePolicies;
}

/**
 * What is known of the condition keys of a request. Keys compare without case.
 * A key that is not in `entries` is what `otherwise` says.
 */
export interface RequestContext {
  /** By key in lower case. */
  readonly entries: ReadonlyMap<string, ContextValue>;
  readonly otherwise: 'unknown' | 'absent';
}

/** `absent`: the request certainly has no such key, which is a fact and follows IAM's rules for absent keys. */
export type ContextValue =
  | { readonly state: 'present'; readonly values: readonly Text[]; readonly multivalued: boolean }
  | { readonly state: 'absent' }
  | { readonly state: 'unknown'; readonly missing: string };

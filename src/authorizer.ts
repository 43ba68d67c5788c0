import type { Evaluation } from './iam/evaluation.ts';
import type { AuthorizationRequest } from './iam/request.ts';

/**
 * The second seam to the outside: may this principal do this? Our evaluator answers from policies, offline;
 * `iam:SimulatePrincipalPolicy` answers live. Both explain by layer and statement.
 */
export interface Authorizer {
  /**
   * One evaluation for each request, in order. `principal` is the ARN of a role or user. What could not be
   * checked comes back as `unknown` with the reason, never as allowed.
   */
  authorize(principal: string, requests: readonly AuthorizationRequest[]): Promise<readonly Evaluation[]>;
}

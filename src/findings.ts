import type { Decision, Layer, LayerVerdict, MissingFact, StatementReference } from './iam/evaluation.ts';
import type { SourceLocation } from './source-location.ts';

export type Severity = 'error' | 'warning' | 'note';

/**
 * One thing that a person should know: a rule id, the facts and the place. No prose: the words are made in
 * report/messages.ts from the rule and the facts.
 */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** The route that it holds on; absent for what holds on every route. */
  readonly route?: string;
  /** What the finding does to the verdict of its route. */
  readonly effect: 'blocks' | 'unknown' | 'none';
  readonly action?: string;
  /** The ARN judged, `*` for guesses: a pattern for people. */
  readonly resource?: string;
  /** ARN, service principal or role that lacks the permission. */
  readonly principal?: string;
  readonly actor?: 'deployer' | 'execution' | 'service' | 'role';
  readonly certainty?: 'certain' | 'possible';
  readonly decision?: Decision;
  readonly layer?: Layer;
  /** The statement that decides, when there is one. */
  readonly statement?: StatementReference;
  /** Every layer's say, for the details. */
  readonly layers?: readonly LayerVerdict[];
  readonly missing?: readonly MissingFact[];
  readonly operation?: string;
  readonly logicalId?: string;
  readonly type?: string;
  readonly property?: string;
  readonly at?: SourceLocation;
  /** The page or package behind the need. */
  readonly source?: string;
  /** Further facts that the rule's words use. */
  readonly facts: Readonly<Record<string, string>>;
  /** Other findings that only differ in action or resource were folded into this one: the actions, sorted. */
  readonly actions?: readonly string[];
}

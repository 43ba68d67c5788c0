import type { Span } from './node.ts';
import type { Scope } from './scope.ts';
import { type Resolved, unknownValue } from './values.ts';

/** Reports a call with the wrong argument; its value is then unknown. */
export function malformed(name: string, expected: string, at: Span, scope: Scope): Resolved {
  scope.problem('intrinsic-syntax', { function: name, expected }, at);
  return unknownValue(`the malformed ${name}`, scope.locate(at));
}

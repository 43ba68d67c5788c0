/** Why a check could not be made. Each code has one exit code: `usage` and `input` are 2, the others 3. */
export type ErrorCode = 'usage' | 'input' | 'snapshot' | 'credentials' | 'network' | 'aws' | 'internal';

/**
 * Thrown where the program could not check. What a check *found* is a value, never an error.
 * The message is one sentence for the user: it names the thing that is wrong and what would be accepted.
 */
export class PreflightError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.name = 'PreflightError';
    this.code = code;
  }
}

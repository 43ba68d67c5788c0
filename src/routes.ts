/** A way through the maze: who calls CloudFormation, and whom CloudFormation acts as. */
export interface Route {
  /** `direct`, `service-role`, or `role:<arn>`. */
  readonly name: string;
  /** ARN of the principal that calls CloudFormation. */
  readonly deployer: string;
  /** ARN of the principal as which CloudFormation makes the resources. */
  readonly execution: string;
  /** The stack already has the service role, so nobody needs to pass it. */
  readonly sticky: boolean;
}

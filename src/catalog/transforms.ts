/** A macro that AWS runs, or another kind of type that CloudFormation turns into resources of its own. */
interface KnownTransform {
  readonly name: string;
  /** Types that only exist before the transform has run. */
  readonly types?: RegExp;
  readonly source: string;
}

const REFERENCE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';

/** What a resource type tells about a transform that must run first. */
export const TRANSFORMS: readonly KnownTransform[] = [
  {
    name: 'AWS::Serverless-2016-10-31',
    types: /^AWS::Serverless::/,
    source: `${REFERENCE}/transform-aws-serverless.html`,
  },
  {
    name: 'module',
    types: /::MODULE$/,
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/modules.html',
  },
];

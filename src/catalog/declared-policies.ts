import type { Expression, PropertyPath } from './entry.ts';

/** Where resources of a template carry policies, so that what the template grants can be judged before it is deployed. */
export interface DeclaredPolicy {
  readonly type: string;
  readonly layer: 'identity' | 'trust' | 'resource';
  /** Expressions for the ARNs of the roles or resources that the policy is attached to. */
  readonly subject: Expression;
  /** The policy document. */
  readonly document: PropertyPath;
  /** The document that the service uses where the property is absent; `${Account}` and `${Partition}` are filled in. */
  readonly default?: Readonly<Record<string, unknown>>;
  readonly source: string;
}

/** Managed policies that a template attaches by ARN. */
export interface AttachedPolicies {
  readonly type: string;
  readonly subject: Expression;
  readonly arns: PropertyPath;
  readonly source: string;
}

/** A resource that adds one statement to the policy of another. */
export interface DeclaredStatement {
  readonly type: string;
  readonly subject: Expression;
  readonly action: PropertyPath;
  readonly principal: PropertyPath;
  /** Condition operator, key and the property that gives its value; left out where the property is absent. */
  readonly conditions: readonly (readonly [operator: string, key: string, property: PropertyPath])[];
  readonly source: string;
}

const GUIDE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';

export const declaredPolicies: readonly DeclaredPolicy[] = [
  {
    type: 'AWS::IAM::Role',
    layer: 'trust',
    subject: '${self}',
    document: 'AssumeRolePolicyDocument',
    source: `${GUIDE}/aws-resource-iam-role.html`,
  },
  {
    type: 'AWS::IAM::Role',
    layer: 'identity',
    subject: '${self}',
    document: 'Policies[].PolicyDocument',
    source: `${GUIDE}/aws-resource-iam-role.html`,
  },
  {
    type: 'AWS::IAM::Policy',
    layer: 'identity',
    subject: '${Roles[]|roleArn}',
    document: 'PolicyDocument',
    source: `${GUIDE}/aws-resource-iam-policy.html`,
  },
  {
    type: 'AWS::IAM::ManagedPolicy',
    layer: 'identity',
    subject: '${Roles[]|roleArn}',
    document: 'PolicyDocument',
    source: `${GUIDE}/aws-resource-iam-managedpolicy.html`,
  },
  {
    type: 'AWS::IAM::RolePolicy',
    layer: 'identity',
    subject: '${RoleName|roleArn}',
    document: 'PolicyDocument',
    source: `${GUIDE}/aws-resource-iam-rolepolicy.html`,
  },
  {
    type: 'AWS::S3::BucketPolicy',
    layer: 'resource',
    subject: '${Bucket|bucketArn}',
    document: 'PolicyDocument',
    source: `${GUIDE}/aws-resource-s3-bucketpolicy.html`,
  },
  {
    type: 'AWS::SQS::QueuePolicy',
    layer: 'resource',
    subject: '${Queues[]|queueArn}',
    document: 'PolicyDocument',
    source: `${GUIDE}/aws-resource-sqs-queuepolicy.html`,
  },
  {
    type: 'AWS::SNS::TopicPolicy',
    layer: 'resource',
    subject: '${Topics[]|topicArn}',
    document: 'PolicyDocument',
    source: `${GUIDE}/aws-resource-sns-topicpolicy.html`,
  },
  {
    type: 'AWS::KMS::Key',
    layer: 'resource',
    subject: '${self}',
    document: 'KeyPolicy',
    // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
    default: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Enable IAM User Permissions',
          Effect: 'Allow',
          Principal: { AWS: 'arn:${Partition}:iam::${Account}:root' },
          Action: 'kms:*',
          Resource: '*',
        },
      ],
    },
    source: `${GUIDE}/aws-resource-kms-key.html`,
  },
  {
    type: 'AWS::SecretsManager::ResourcePolicy',
    layer: 'resource',
    subject: '${SecretId|secretArn}',
    document: 'ResourcePolicy',
    source: `${GUIDE}/aws-resource-secretsmanager-resourcepolicy.html`,
  },
  {
    type: 'AWS::ECR::Repository',
    layer: 'resource',
    subject: '${self}',
    document: 'RepositoryPolicyText',
    source: `${GUIDE}/aws-resource-ecr-repository.html`,
  },
];

export const attachedPolicies: readonly AttachedPolicies[] = [
  {
    type: 'AWS::IAM::Role',
    subject: '${self}',
    arns: 'ManagedPolicyArns[]',
    source: `${GUIDE}/aws-resource-iam-role.html`,
  },
];

/** `arn:` conditions compare with StringLike as the service writes them: API_AddPermission. */
export const declaredStatements: readonly DeclaredStatement[] = [
  {
    type: 'AWS::Lambda::Permission',
    subject: '${FunctionName|functionArn}',
    action: 'Action',
    principal: 'Principal',
    conditions: [
      ['ArnLike', 'aws:SourceArn', 'SourceArn'],
      ['StringEquals', 'aws:SourceAccount', 'SourceAccount'],
      ['StringEquals', 'aws:PrincipalOrgID', 'PrincipalOrgID'],
      ['StringEquals', 'lambda:EventSourceToken', 'EventSourceToken'],
      ['StringEquals', 'lambda:FunctionUrlAuthType', 'FunctionUrlAuthType'],
    ],
    source: 'https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html',
  },
];

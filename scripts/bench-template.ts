/**
 * Times the first stages on a made-up template: `node scripts/bench-template.ts [resources]` (500 by default).
 * Prints the median for that many and for ten times as many, and what the second costs against the first.
 */
import type { ResourceModel } from '../src/catalog/entry.ts';
import { planOperations } from '../src/operations/plan.ts';
import { parseTemplate } from '../src/template/parse.ts';
import { resolveTemplate } from '../src/template/resolve.ts';

const RUNS = 15;
const stack = { name: 'bench', region: 'eu-west-1', accountId: '111122223333', partition: 'aws', tags: {} };

/** A role, a function that has it, a queue and a bucket with a policy: the references of a real template. */
function template(resources: number): string {
  const groups = Array.from({ length: Math.ceil(resources / 5) }, (_, index) => {
    const id = String(index + 1).padStart(5, '0');
    return `  Role${id}:
    Type: AWS::IAM::Role
    Properties:
      Path: !Sub '/\${Stage}/'
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: { Service: lambda.amazonaws.com }
            Action: sts:AssumeRole
      Policies:
        - PolicyName: queue
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Effect: Allow
                Action: ['sqs:SendMessage', 'sqs:ReceiveMessage']
                Resource: !GetAtt Queue${id}.Arn
  Function${id}:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      Role: !GetAtt Role${id}.Arn
      Code: { S3Bucket: artifacts, S3Key: !Sub '\${AWS::StackName}/${id}.zip' }
      Environment:
        Variables:
          QUEUE: !Ref Queue${id}
          STAGE: !If [IsProd, production, !Ref Stage]
      Tags:
        - Key: Name
          Value: !Join ['-', [!Ref AWS::StackName, fn, '${id}']]
  Queue${id}:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 60 # seconds
      QueueName: !Sub \${AWS::StackName}-\${Stage}-${id}
  Bucket${id}:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    Properties:
      VersioningConfiguration:
        Status: Enabled
  BucketPolicy${id}:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Bucket${id}
      PolicyDocument:
        Statement:
          - Effect: Deny
            Principal: '*'
            Action: s3:*
            Resource: !Sub '\${Bucket${id}.Arn}/*'
            Condition:
              Bool:
                aws:SecureTransport: false
`;
  });
  return `Parameters:
  Stage:
    Type: String
    Default: dev
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
${groups.join('')}`;
}

function model(more: Partial<ResourceModel>): ResourceModel {
  const nothing = { primaryIdentifier: [], ref: [], attributes: [], arnAttributes: [], properties: [], required: [] };
  return { ...nothing, replacedBy: {}, ...more };
}

const MODELS: ReadonlyMap<string, ResourceModel> = new Map([
  [
    'AWS::IAM::Role',
    model({
      ref: ['RoleName'],
      arn: 'arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}',
      arnAttributes: ['Arn'],
      name: { property: 'RoleName', maxLength: 64, letters: 'upper', shape: 'stack-logical-suffix' },
    }),
  ],
  [
    'AWS::SQS::Queue',
    model({
      ref: ['QueueUrl'],
      arn: 'arn:${Partition}:sqs:${Region}:${Account}:${QueueName}',
      arnAttributes: ['Arn'],
      properties: ['QueueName'],
    }),
  ],
]);

async function run(text: string): Promise<number> {
  const started = performance.now();
  const parsed = await parseTemplate(text, 'template.yaml');
  const models = (type: string): ResourceModel | undefined => MODELS.get(type);
  const resolved = resolveTemplate(parsed, { stack, parameters: new Map(), models });
  const operations = planOperations(resolved, undefined, { kind: 'auto', models });
  if (operations.length === 0 || resolved.problems.length > 0) throw new Error('the made-up template is wrong');
  return performance.now() - started;
}

async function median(resources: number): Promise<number> {
  const text = template(resources);
  const first = await run(text);
  const times: number[] = [];
  for (let index = 0; index < RUNS; index += 1) times.push(await run(text));
  const middle = times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0;
  const size = (text.length / 1000).toFixed(0);
  console.log(`${resources} resources (${size} kB): first ${first.toFixed(1)} ms, median ${middle.toFixed(1)} ms`);
  return middle;
}

const count = Number(process.argv[2] ?? 500);
const small = await median(count);
const large = await median(count * 10);
console.log(`10 times the resources cost ${(large / small).toFixed(1)} times the time`);

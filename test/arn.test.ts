import { expect, test } from 'vitest';
import { formatArn, parseArn, partitionOf, principalOfSession, urlSuffixOf } from '../src/arn.ts';

test.each([
  ['arn:aws:iam::111122223333:role/team/deployer', 'role/team/deployer'],
  ['arn:aws:logs:eu-central-1:111122223333:log-group:/aws/lambda/f:*', 'log-group:/aws/lambda/f:*'],
  ['arn:aws:s3:::bucket', 'bucket'],
])('%s has the resource %s and is written back the same', (text, resource) => {
  const arn = parseArn(text);
  expect(arn?.resource).toBe(resource);
  expect(arn && formatArn(arn)).toBe(text);
});

test.each(['', '*', 'role/deployer', 'arn:aws:iam', 'arn:aws:iam::111122223333'])('%j is no ARN', (text) => {
  expect(parseArn(text)).toBeUndefined();
});

test.each([
  ['eu-central-1', 'aws', 'amazonaws.com'],
  ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
  ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
  ['us-iso-east-1', 'aws-iso', 'c2s.ic.gov'],
  ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov'],
])('region %s is in %s', (region, partition, suffix) => {
  expect(partitionOf(region)).toBe(partition);
  expect(urlSuffixOf(partition)).toBe(suffix);
});

test.each([
  ['arn:aws:sts::111122223333:assumed-role/Developer/jane', 'arn:aws:iam::111122223333:role/Developer'],
  ['arn:aws-cn:sts::111122223333:assumed-role/Developer/jane', 'arn:aws-cn:iam::111122223333:role/Developer'],
  ['arn:aws:iam::111122223333:user/jane', 'arn:aws:iam::111122223333:user/jane'],
  ['arn:aws:sts::111122223333:federated-user/jane', 'arn:aws:sts::111122223333:federated-user/jane'],
])('%s acts as %s', (session, principal) => {
  expect(principalOfSession(session)).toBe(principal);
});

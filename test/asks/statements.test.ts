import { describe, expect, test } from 'vitest';
import { allowing, exempting } from '../../src/asks/statements.ts';

const role = 'arn:aws:iam::111122223333:role/app';
const developer = 'arn:aws:iam::111122223333:role/Developer';
const need = (action: string, resource: string, pinned = {}) => ({ action, resource, pinned });

describe('a statement that allows', () => {
  test('actions on the same resources share it, others do not', () => {
    const document = allowing([
      need('iam:GetRole', role),
      need('iam:CreateRole', role),
      need('ec2:DescribeVpcs', '*'),
      need('iam:PassRole', role, { 'iam:PassedToService': 'lambda.amazonaws.com' }),
    ]);
    expect(document.Statement).toEqual([
      { Effect: 'Allow', Action: ['iam:CreateRole', 'iam:GetRole'], Resource: role },
      { Effect: 'Allow', Action: 'ec2:DescribeVpcs', Resource: '*' },
      {
        Effect: 'Allow',
        Action: 'iam:PassRole',
        Resource: role,
        Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
      },
    ]);
  });

  test('an action that needs no resource never widens one that does', () => {
    const document = allowing([need('kms:CreateKey', '*'), need('kms:DescribeKey', 'arn:aws:kms:*:*:key/1')]);
    expect(document.Statement).toHaveLength(2);
  });

  test('an ARN that another one covers is left out', () => {
    const [statement] = allowing([
      need('s3:GetObject', 'arn:aws:s3:::b/a/x'),
      need('s3:GetObject', 'arn:aws:s3:::b/*'),
    ]).Statement;
    expect(statement?.Resource).toBe('arn:aws:s3:::b/*');
  });
});

describe('a statement that denies, with a principal excepted', () => {
  const deny = { Sid: 'NoRoles', Effect: 'Deny', Action: ['iam:PassRole', 'iam:CreateRole'], Resource: '*' };

  test('stays for everybody else, and for the principal on everything else', () => {
    expect(exempting(deny, developer, [need('iam:PassRole', role)]).Statement).toEqual([
      { ...deny, Condition: { ArnNotLike: { 'aws:PrincipalArn': developer } } },
      {
        Sid: 'NoRolesElsewhere',
        Effect: 'Deny',
        Action: deny.Action,
        Condition: { ArnLike: { 'aws:PrincipalArn': developer } },
        NotResource: role,
      },
    ]);
  });

  test('keeps the conditions and the exceptions that it had', () => {
    const Condition = {
      ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Admin' },
      Bool: { 'aws:ViaAWSService': 'true' },
    };
    const [others] = exempting({ ...deny, Condition }, developer, [need('iam:PassRole', role)]).Statement;
    expect(others?.Condition).toEqual({
      ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/Admin', developer] },
      Bool: { 'aws:ViaAWSService': 'true' },
    });
  });
});

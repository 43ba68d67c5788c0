import type { SourceLocation } from '../source-location.ts';
import type { Text } from '../text.ts';
import type { MapValue, Value } from './value.ts';

/** Where and as what the template is deployed: all that pseudo parameters and generated names depend on. */
export interface StackIdentity {
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** A template whose intrinsics are resolved as far as they can be without deploying. */
export interface Template {
  readonly file: string;
  /** Size of the body in bytes, which decides whether it must be uploaded to S3 first. */
  readonly bytes: number;
  readonly stack: StackIdentity;
  /** In the order of the file. A resource whose condition is certainly false is not here. */
  readonly resources: ReadonlyMap<string, Resource>;
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly transforms: readonly Transform[];
  /** Each `{{resolve:…}}` in the file, once for each place. */
  readonly dynamicReferences: readonly DynamicReference[];
  /** Exports that the template imports. */
  readonly imports: readonly { readonly name: Text; readonly at: SourceLocation }[];
  /** What is wrong or cannot be expanded; the resources concerned are still there as far as they could be read. */
  readonly problems: readonly TemplateProblem[];
}

export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  /** Where the logical id stands. */
  readonly at: SourceLocation;
  /** Where the type stands. */
  readonly typeAt: SourceLocation;
  readonly properties: MapValue;
  /** The other keys beside Properties: Metadata, CreationPolicy, UpdatePolicy … */
  readonly attributes: ReadonlyMap<string, Value>;
  readonly dependsOn: readonly string[];
  /** `maybe`: the resource has a condition that cannot be decided; `missing` says what it depends on. */
  readonly exists: 'yes' | 'maybe';
  readonly missing?: string;
  readonly deletionPolicy: 'Delete' | 'Retain' | 'Snapshot' | 'RetainExceptOnCreate';
  readonly updateReplacePolicy: 'Delete' | 'Retain' | 'Snapshot';
  /** What `Ref` gives. */
  readonly ref: Text;
  /** The resource's ARN, where the catalog knows its template. */
  readonly arn?: Text;
}

export interface Parameter {
  readonly name: string;
  /** `String`, `AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>` … */
  readonly type: string;
  readonly noEcho: boolean;
  /** The value given or the default; for SSM types the parameter's name, whose value only AWS knows. */
  readonly value?: Text;
  readonly at: SourceLocation;
}

/** A macro of the template or of a part of it. */
export interface Transform {
  /** `AWS::Serverless-2016-10-31`, `AWS::Include`, `AWS::LanguageExtensions`, or an account's own macro. */
  readonly name: string;
  readonly at: SourceLocation;
  /** `AWS::LanguageExtensions` is expanded here; the others only by CloudFormation. */
  readonly expanded: boolean;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html */
export interface DynamicReference {
  readonly service: 'ssm' | 'ssm-secure' | 'secretsmanager';
  /** The parameter's name, or the secret's name or ARN. */
  readonly id: Text;
  readonly at: SourceLocation;
  readonly logicalId?: string;
}

/** Something about the template that a person must know; the rule id says which kind, the facts fill its words. */
export interface TemplateProblem {
  readonly rule: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly at: SourceLocation;
  readonly logicalId?: string;
}

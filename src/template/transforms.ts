import { TRANSFORMS } from '../catalog/transforms.ts';
import { type MapNode, type Node, scalarText } from './node.ts';
import type { StackIdentity } from './template.ts';

/** The one transform whose work is done here. */
export const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';

/** The Transform section: one name, or a list of names and of maps with a Name. */
export function declaredTransforms(root: MapNode): readonly { readonly name: string; readonly node: Node }[] {
  const section = root.entries.get('Transform')?.value;
  if (section === undefined) return [];
  const nodes = section.kind === 'list' ? section.items : [section];
  return nodes.map((node) => ({
    name: scalarText(node.kind === 'map' ? node.entries.get('Name')?.value : node) ?? '',
    node,
  }));
}

/**
 * What CloudFormation needs to run a macro: permission for the change set on the transform's ARN, whose account is
 * `aws` for those of AWS, and otherwise to invoke the macro's function.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html
 */
export function transformFacts(name: string, stack: StackIdentity): Readonly<Record<string, string>> {
  const ofAws = name.startsWith('AWS::');
  const owner = ofAws ? 'aws' : stack.accountId;
  const resource = `transform/${ofAws ? name.slice('AWS::'.length) : name}`;
  return {
    transform: name,
    arn: `arn:${stack.partition}:cloudformation:${stack.region}:${owner}:${resource}`,
  };
}

/** The transform that must make resources of this type, or undefined for a type of its own. */
export function transformOfType(type: string): string | undefined {
  return TRANSFORMS.find(({ types }) => types?.test(type))?.name;
}

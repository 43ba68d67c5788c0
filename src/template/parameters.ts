import { PreflightError } from '../errors.ts';
import { Lines } from './lines.ts';
import { type Node, scalarText } from './node.ts';
import { readJson } from './read-json.ts';
import { readPlainYaml } from './read-plain-yaml.ts';

/** Values for a deployment, from a file or from the command line. */
export interface GivenParameters {
  readonly parameters: ReadonlyMap<string, string>;
  /** Parameters that keep the value of the deployed stack: `UsePreviousValue`. */
  readonly previous: ReadonlySet<string>;
  /** Tags of the stack; only CodePipeline's file has them. */
  readonly tags: ReadonlyMap<string, string>;
}

const ACCEPTED =
  'accepted are `Key=Value,Key=Value`, a list of {ParameterKey, ParameterValue}, or a map with Parameters';

/**
 * Parameters in any shape that deployment tools take: the list of the AWS CLI
 * (https://docs.aws.amazon.com/cli/latest/reference/cloudformation/create-stack.html), the template configuration
 * file of CodePipeline
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/continuous-delivery-codepipeline-cfn-artifacts.html),
 * `Key=Value` pairs, or `Key: Value` lines (https://github.com/aws-actions/aws-cloudformation-github-deploy).
 * `source` names the text in the error that is thrown when it has no such shape.
 */
export function parseParameters(text: string, source: string): GivenParameters {
  const trimmed = text.trim();
  if (trimmed === '') return { parameters: new Map(), previous: new Set(), tags: new Map() };
  if (trimmed.startsWith('[') || trimmed.startsWith('{')) return fromFile(jsonOf(trimmed, source), source);
  const lines = /^[A-Za-z0-9_]+:(?: |\r?\n)/.test(trimmed) ? readPlainYaml(trimmed)?.root : undefined;
  if (lines !== undefined) return { parameters: texts(lines, source), previous: new Set(), tags: new Map() };
  return { parameters: pairs(trimmed, source), previous: new Set(), tags: new Map() };
}

function jsonOf(text: string, source: string): Node {
  const { root, problems } = readJson(text);
  const [problem] = problems;
  if (root !== undefined && problem === undefined) return root;
  const at = new Lines(source, text).at(problem?.span ?? { start: 0, end: 0 });
  const message = problem?.facts.message ?? problem?.rule ?? 'not JSON';
  throw new PreflightError(
    'input',
    `\`${source}\` is not valid JSON at line ${at.line}, column ${at.column}: ${message}`,
  );
}

function refuse(source: string, what: string): never {
  throw new PreflightError('input', `\`${source}\` has ${what}; ${ACCEPTED}`);
}

function fromFile(root: Node, source: string): GivenParameters {
  if (root.kind === 'list') return fromList(root.items, source);
  if (root.kind !== 'map') return refuse(source, 'neither a list nor a map');
  const section = (name: string): Node | undefined => root.entries.get(name)?.value;
  const known = ['Parameters', 'Tags', 'StackPolicy'];
  const isConfiguration = [...root.entries.keys()].every((key) => known.includes(key));
  if (!isConfiguration) return { parameters: texts(root, source), previous: new Set(), tags: new Map() };
  return {
    parameters: texts(section('Parameters'), source),
    previous: new Set(),
    tags: texts(section('Tags'), source),
  };
}

/** The list of the AWS CLI; `aws cloudformation deploy` also takes a list of `Key=Value`. */
function fromList(items: readonly Node[], source: string): GivenParameters {
  const parameters = new Map<string, string>();
  const previous = new Set<string>();
  for (const item of items) {
    if (item.kind === 'scalar') {
      parameters.set(...pair(item.text, source));
      continue;
    }
    const field = (name: string): string | undefined =>
      item.kind === 'map' ? scalarText(item.entries.get(name)?.value) : undefined;
    const key = field('ParameterKey');
    const value = field('ParameterValue');
    if (key === undefined) return refuse(source, 'an element without ParameterKey');
    if (value !== undefined) parameters.set(key, value);
    else if (field('UsePreviousValue') === 'true') previous.add(key);
    else return refuse(source, `the parameter \`${key}\` without ParameterValue`);
  }
  return { parameters, previous, tags: new Map() };
}

/** The scalars of a map; a list of scalars is joined by commas, as CommaDelimitedList wants it. */
function texts(node: Node | undefined, source: string): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  if (node === undefined) return result;
  if (node.kind !== 'map') return refuse(source, 'Parameters or Tags that are no map');
  for (const [key, { value }] of node.entries) {
    const items = value.kind === 'list' ? value.items : [value];
    const parts = items.map((item) =>
      item.kind === 'scalar' ? item.text : refuse(source, `\`${key}\` with a value that is not text`),
    );
    result.set(key, parts.join(','));
  }
  return result;
}

/**
 * `Key=Value,Key=Value` by the rules of the deploy action: a comma within quotes does not separate (one that an even
 * number of quotes follows is not within), the first `=` does, a key that comes again adds to a list, and quotes
 * around a whole value go away.
 */
function pairs(text: string, source: string): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  for (const part of commaParts(text)) {
    const [key, value] = pair(part.trim(), source);
    const before = result.get(key);
    result.set(key, unquoted(before ? `${before},${value}` : value));
  }
  return result;
}

function pair(text: string, source: string): readonly [string, string] {
  const equals = text.indexOf('=');
  if (equals <= 0) return refuse(source, `\`${text.slice(0, 80)}\` where a \`Key=Value\` should be`);
  return [text.slice(0, equals), text.slice(equals + 1)];
}

function commaParts(text: string): string[] {
  const parts: string[] = [];
  let quotes = 0;
  let end = text.length;
  for (let at = text.length - 1; at >= 0; at -= 1) {
    const char = text[at];
    if (char === '"' || char === "'") quotes += 1;
    if (char !== ',' || quotes % 2 === 1) continue;
    parts.push(text.slice(at + 1, end));
    end = at;
  }
  parts.push(text.slice(0, end));
  return parts.reverse();
}

function unquoted(value: string): string {
  const quote = value[0];
  const isQuoted = value.length >= 2 && (quote === '"' || quote === "'") && value.endsWith(quote);
  return isQuoted ? value.slice(1, -1) : value;
}

import type {
  PolicyLevel,
  PolicySource,
  PrincipalPolicies,
  Readable,
  ResourcePolicies,
} from '../iam/policy-set.ts';
import type { Ask, PolicyDocument, Statement } from './ask.ts';
import type { Policies } from './asks.ts';

/** The policies as they would be if every one of the asks were granted. */
export function grant(asks: readonly Ask[], policies: Policies): Policies {
  return {
    principal: (arn) => {
      const before = policies.principal(arn);
      const concerned = asks.filter((ask) => ask.principal === arn);
      return before && concerned.reduce(grantToPrincipal, before);
    },
    resource: (arn) => {
      const before = policies.resource(arn);
      return before && asks.reduce((now, ask) => grantOnResource(now, ask, arn), before);
    },
  };
}

function grantToPrincipal(policies: PrincipalPolicies, ask: Ask): PrincipalPolicies {
  switch (ask.layer) {
    case 'identity':
      return { ...policies, identity: read(policies.identity, (sources) => changed(sources, ask)) };
    case 'boundary':
      return {
        ...policies,
        boundary: read(policies.boundary, (source) => source && changed([source], ask)[0]),
      };
    case 'session':
      return { ...policies, session: read(policies.session, (sources) => sources && changed(sources, ask)) };
    case 'scp':
      return { ...policies, scps: read(policies.scps, (levels) => levels && onLevels(levels, ask)) };
    case 'endpoint':
      return {
        ...policies,
        endpoint: read(policies.endpoint, (source) => source && changed([source], ask)[0]),
      };
    default:
      return policies;
  }
}

function grantOnResource(policies: ResourcePolicies, ask: Ask, arn: string): ResourcePolicies {
  if (ask.layer === 'rcp') {
    return { ...policies, rcps: read(policies.rcps, (levels) => levels && onLevels(levels, ask)) };
  }
  if ((ask.layer !== 'resource' && ask.layer !== 'trust') || !isAbout(ask, arn)) return policies;
  const empty: PolicySource = {
    name: arn,
    type: ask.layer,
    text: JSON.stringify({ Version: '2012-10-17', Statement: [] }),
  };
  return { ...policies, policy: read(policies.policy, (source) => changed([source ?? empty], ask)[0]) };
}

function isAbout(ask: Ask, arn: string): boolean {
  return ask.change.kind === 'exempt' || ask.owner.name === arn;
}

function onLevels(levels: readonly PolicyLevel[], ask: Ask): readonly PolicyLevel[] {
  return levels.map((level) =>
    ask.change.kind === 'allow' && level.name !== ask.owner.name
      ? level
      : { ...level, policies: changed(level.policies, ask) },
  );
}

/** The policies with the ask granted: the denying statement replaced, or the statements added to the first policy. */
function changed(sources: readonly PolicySource[], ask: Ask): readonly PolicySource[] {
  const { change, owner } = ask;
  if (change.kind === 'exempt') {
    const isOwner = (source: PolicySource): boolean =>
      owner.arn === undefined ? source.name === owner.name : source.arn === owner.arn;
    return sources.map((source) =>
      isOwner(source)
        ? withStatements(source, (all) =>
            all.toSpliced(change.statementIndex, 1, ...change.document.Statement),
          )
        : source,
    );
  }
  const [first, ...rest] = sources;
  if (first === undefined)
    return [{ name: 'the ask', type: 'inline', text: JSON.stringify(change.document) }];
  if (ask.layer === 'identity' || ask.layer === 'scp') {
    return [...sources, { name: 'the ask', type: first.type, text: JSON.stringify(change.document) }];
  }
  return [withStatements(first, (all) => [...all, ...change.document.Statement]), ...rest];
}

function withStatements(
  source: PolicySource,
  edit: (statements: readonly Statement[]) => readonly Statement[],
): PolicySource {
  const document: unknown = JSON.parse(source.text);
  if (typeof document !== 'object' || document === null || !('Statement' in document)) return source;
  const statements: readonly Statement[] = Array.isArray(document.Statement)
    ? document.Statement
    : [document.Statement];
  const edited: PolicyDocument = { ...(document as PolicyDocument), Statement: edit(statements) };
  return { ...source, text: JSON.stringify(edited) };
}

function read<T>(readable: Readable<T>, edit: (value: T) => T): Readable<T> {
  return readable.state === 'read' ? { state: 'read', value: edit(readable.value) } : readable;
}

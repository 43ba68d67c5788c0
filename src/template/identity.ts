import type { ResourceModel } from '../catalog/entry.ts';
import { GENERIC_ID, placeholderFor } from '../catalog/id-shapes.ts';
import { concat, concatAll, guessed, guessedName, isCertain, slice, type Text } from '../text.ts';
import { generatedName } from './names.ts';
import type { StackIdentity } from './template.ts';

/** What is asked about a resource to say how it is called. */
export interface Named {
  readonly logicalId: string;
  readonly type: string;
  readonly model: ResourceModel | undefined;
  /** The text of a property that the template sets, by its dotted path; undefined where it does not. */
  property(path: string): Text | undefined;
}

/** What `Ref` and `Fn::GetAtt` give for a resource. */
export interface Identity {
  readonly ref: Text;
  readonly arn?: Text;
  attribute(name: string): Text;
}

/** Names longer than this are no names; the bound keeps names that are made of each other from growing without end. */
const MAX_NAME = 2048;

/** Says how a resource is called, from its model and the properties that the template sets. */
export function identityOf(named: Named, stack: StackIdentity): Identity {
  const naming = new Naming(named, stack);
  return {
    ref: naming.ref(),
    ...naming.optionalArn(),
    attribute: (name) => naming.attribute(name),
  };
}

class Naming {
  readonly #named: Named;
  readonly #stack: StackIdentity;
  readonly #model: ResourceModel | undefined;

  constructor(named: Named, stack: StackIdentity) {
    this.#named = named;
    this.#stack = stack;
    this.#model = named.model;
  }

  ref(): Text {
    const parts = this.#model?.ref ?? [];
    if (parts.length === 0) return this.#made();
    return bounded(
      concat(
        ...parts.flatMap((part, index) =>
          index === 0 ? [this.#identifier(part)] : ['|', this.#identifier(part)],
        ),
      ),
    );
  }

  optionalArn(): { arn?: Text } {
    const template = this.#model?.arn;
    return template === undefined ? {} : { arn: this.#fill(template) };
  }

  attribute(name: string): Text {
    const model = this.#model;
    if (model?.arnAttributes.includes(name)) return this.#fillArn();
    if (model?.ref.length === 1 && model.ref[0] === name) return this.ref();
    const given = this.#named.property(name);
    if (given !== undefined) return given;
    if (model?.name?.property === name) return this.#generated();
    if (/arn$/i.test(name)) return model?.arnAttributes.length ? this.#arnOfUnknown() : this.#fillArn();
    return this.#guess(name);
  }

  /** The name or id that an identifier stands for. */
  #identifier(name: string): Text {
    const given = this.#named.property(name);
    if (given !== undefined) return given;
    if (this.#model?.name?.property === name) return this.#generated();
    if (this.#model?.arnAttributes.includes(name) || /Arn$/.test(name)) return this.#fillArn();
    return this.#guess(name);
  }

  #generated(): Text {
    const { model, logicalId } = this.#named;
    return model?.name === undefined ? this.#made() : generatedName(model.name, this.#stack.name, logicalId);
  }

  /** A placeholder for what the service makes up. */
  #guess(name: string): Text {
    const { logicalId, type } = this.#named;
    const missing = `${name} of ${logicalId}`;
    const own = name === 'Id' ? `${type.split('::').at(-1) ?? ''}Id` : name;
    const shape = placeholderFor(own);
    if (shape !== undefined) return guessedName(shape, missing);
    if (/(?:Id|Identifier)$/.test(name)) return guessedName(GENERIC_ID, missing);
    if (/Name$/.test(name)) return this.#made(missing);
    return guessed(`${logicalId}-${name}`, missing);
  }

  #made(missing = `the physical id of ${this.#named.logicalId}`): Text {
    return guessed(`${this.#stack.name}-${this.#named.logicalId}-A1B2C3D4E5F6`, missing);
  }

  #fillArn(): Text {
    return this.#model?.arn === undefined ? this.#arnOfUnknown() : this.#fill(this.#model.arn);
  }

  #arnOfUnknown(): Text {
    const { type, logicalId } = this.#named;
    const { partition, region, accountId } = this.#stack;
    const service = (type.split('::')[1] ?? 'service').toLowerCase();
    return guessed(
      `arn:${partition}:${service}:${region}:${accountId}:${logicalId}`,
      `the ARN of ${logicalId}`,
    );
  }

  #fill(template: string): Text {
    const parts: (Text | string)[] = [];
    let from = 0;
    for (const hole of template.matchAll(/\$\{([^}]*)\}/g)) {
      parts.push(template.slice(from, hole.index), this.#hole(hole[1] ?? ''));
      from = hole.index + hole[0].length;
    }
    return bounded(concatAll([...parts, template.slice(from)]));
  }

  #hole(name: string): Text | string {
    if (name === 'Partition') return this.#stack.partition;
    if (name === 'Region') return this.#stack.region;
    if (name === 'Account') return this.#stack.accountId;
    if (name.endsWith('WithPath')) return this.#withPath(name.slice(0, -'WithPath'.length));
    return withoutArn(this.#part(name));
  }

  /** `RoleNameWithPath`: the path without its first slash, then the name. */
  #withPath(name: string): Text {
    const path = this.#named.property('Path');
    const part = withoutArn(this.#part(name));
    if (path === undefined) return part;
    return concat(path.text.startsWith('/') ? slice(path, 1) : path, part);
  }

  /** What fills a hole, found by the hole's own name or, as the data sets do not agree on names, by a near one. */
  #part(hole: string): Text {
    const model = this.#model;
    const own = this.#named.property(hole);
    if (own !== undefined) return own;
    if (model === undefined) return this.#guess(hole);
    if (model.name?.property === hole) return this.#generated();
    const names = [...model.ref, ...model.primaryIdentifier, ...model.properties, ...model.attributes];
    const exact = names.find((name) => name === hole);
    if (exact !== undefined && !model.properties.includes(exact)) return this.#guess(exact);
    const near = names.find((name) => stem(name) === stem(hole) && this.#named.property(name) !== undefined);
    if (near !== undefined) return this.#named.property(near) ?? this.#guess(hole);
    if (model.name !== undefined && /Name$/.test(hole))
      return this.#named.property(model.name.property) ?? this.#generated();
    const [identifier, ...others] = model.primaryIdentifier;
    if (identifier !== undefined && others.length === 0 && !/Arn$/.test(identifier))
      return this.#identifier(identifier);
    return this.#guess(hole);
  }
}

/** `ClusterName`, `Cluster` and `clusterId` name the same thing. */
function stem(name: string): string {
  return name.replace(/(?:Name|Id|Identifier|Arn|ARN)$/, '').toLowerCase();
}

/** Where an ARN stands for a name, its last part is the name. */
function withoutArn(text: Text): Text {
  if (!text.text.startsWith('arn:') || text.guesses[0]?.start === 0) return text;
  const at = Math.max(text.text.lastIndexOf('/'), text.text.lastIndexOf(':'));
  return slice(text, at + 1);
}

function bounded(text: Text): Text {
  if (text.text.length <= MAX_NAME) return text;
  const cut = slice(text, 0, 64);
  return isCertain(cut)
    ? concat(cut, guessed('x', 'the rest of a name that is too long'))
    : guessed('toolong', 'a name that is too long');
}

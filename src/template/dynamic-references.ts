import { concatAll, guessed, slice, type Text } from '../text.ts';
import type { DynamicReference } from './template.ts';
import type { MapEntry, TextValue, Value } from './value.ts';

const REFERENCE = /\{\{resolve:(ssm-secure|ssm|secretsmanager):([^{}]*)\}\}/g;

/** Collects the dynamic references of a value, and puts a guess where each stands: the value is not in the template. */
export function withoutDynamicReferences(
  value: Value,
  logicalId: string | undefined,
  found: DynamicReference[],
): Value {
  switch (value.kind) {
    case 'text':
      return value.text.text.includes('{{resolve:') ? replaced(value, logicalId, found) : value;
    case 'list':
      return { ...value, items: value.items.map((item) => withoutDynamicReferences(item, logicalId, found)) };
    case 'map': {
      const entries = new Map<string, MapEntry>();
      for (const [name, entry] of value.entries) {
        entries.set(name, { ...entry, value: withoutDynamicReferences(entry.value, logicalId, found) });
      }
      return { ...value, entries };
    }
    case 'unknown':
      if (value.alternatives === undefined) return value;
      return {
        ...value,
        alternatives: value.alternatives.map((one) =>
          one === 'absent' ? one : withoutDynamicReferences(one, logicalId, found),
        ),
      };
  }
}

function replaced(value: TextValue, logicalId: string | undefined, found: DynamicReference[]): TextValue {
  const parts: (Text | string)[] = [];
  let from = 0;
  for (const match of value.text.text.matchAll(REFERENCE)) {
    const service = match[1] as DynamicReference['service'];
    const start = match.index + match[0].length - 2 - (match[2] ?? '').length;
    const id = idOf(slice(value.text, start, match.index + match[0].length - 2), service);
    found.push({ service, id, at: value.at, ...(logicalId === undefined ? {} : { logicalId }) });
    parts.push(slice(value.text, from, match.index), guessed('resolved', `the ${service} value ${id.text}`));
    from = match.index + match[0].length;
  }
  if (from === 0) return value;
  const { refersTo: _, ...rest } = value;
  return { ...rest, text: concatAll([...parts, slice(value.text, from)]) };
}

/** The name or ARN in front of version, stage and JSON key. A secret's ARN has seven parts, a parameter's six. */
function idOf(text: Text, service: DynamicReference['service']): Text {
  const parts = text.text.split(':');
  const count = parts[0] !== 'arn' ? 1 : service === 'secretsmanager' ? 7 : 6;
  return slice(text, 0, parts.slice(0, count).join(':').length);
}

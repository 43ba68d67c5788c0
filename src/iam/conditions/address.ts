/** An IP address as a number, with its family. */
export interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** A network in CIDR form; a bare address is a network of one. */
export interface Network extends Address {
  readonly prefix: number;
}

/**
 * Reads an address of a request. An IPv4-mapped IPv6 address counts as IPv4. Undefined for everything else: short
 * forms, prefixes, brackets, zones and spaces are no address.
 */
export function parseAddress(text: string): Address | undefined {
  const four = parseFour(text);
  if (four !== undefined) return { bits: 32, value: four };
  const six = parseSix(text);
  if (six === undefined) return undefined;
  return six >> 32n === 0xffffn ? { bits: 32, value: six & 0xffffffffn } : { bits: 128, value: six };
}

/**
 * Reads a network of a policy, or undefined when IAM does not take it: host bits are ignored for IPv4 and refused for
 * IPv6, and a dotted tail in an IPv6 literal is refused.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */
export function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf('/');
  const address = slash < 0 ? text : text.slice(0, slash);
  const prefixText = slash < 0 ? undefined : text.slice(slash + 1);
  if (prefixText !== undefined && !/^\+?\d{1,3}$/.test(prefixText)) return undefined;
  const four = parseFour(address);
  if (four !== undefined) {
    const prefix = prefixText === undefined ? 32 : Number(prefixText);
    return prefix > 32 ? undefined : { bits: 32, value: four, prefix };
  }
  if (address.includes('.')) return undefined;
  const six = parseSix(address);
  const prefix = prefixText === undefined ? 128 : Number(prefixText);
  if (six === undefined || prefix > 128) return undefined;
  const host = (1n << BigInt(128 - prefix)) - 1n;
  return (six & host) === 0n ? { bits: 128, value: six, prefix } : undefined;
}

/** Whether the address lies in the network; families never mix. */
export function isInNetwork(address: Address, network: Network): boolean {
  if (address.bits !== network.bits) return false;
  const shift = BigInt(network.bits - network.prefix);
  return address.value >> shift === network.value >> shift;
}

function parseFour(text: string): bigint | undefined {
  const octets = text.split('.');
  if (octets.length !== 4) return undefined;
  let value = 0n;
  for (const octet of octets) {
    if (!/^\d{1,3}$/.test(octet) || Number(octet) > 255) return undefined;
    value = (value << 8n) | BigInt(Number(octet));
  }
  return value;
}

/** IAM is more lenient than the standard: one `:::` is `::`, a trailing colon is dropped, a leading one adds a zero. */
function parseSix(text: string): bigint | undefined {
  if (!text.includes(':') || /[^0-9a-fA-F:.]/.test(text)) return undefined;
  let body = text;
  if (body.includes('::::')) return undefined;
  body = body.replace(':::', '::');
  const dotted = /:(\d{1,3}(?:\.\d{1,3}){3})$/.exec(body)?.[1];
  if (dotted !== undefined) {
    const four = parseFour(dotted);
    // A dotted tail is read in IPv4-mapped addresses only.
    if (four === undefined || !/^(?:0{0,4}:)*:?ffff:$/i.test(body.slice(0, -dotted.length))) return undefined;
    const [high, low] = [(four >> 16n).toString(16), (four & 0xffffn).toString(16)];
    body = `${body.slice(0, -dotted.length)}${high}:${low}`;
  }
  if (body.endsWith(':') && !body.endsWith('::')) body = body.slice(0, -1);
  if (body.startsWith(':') && !body.startsWith('::')) body = `0${body}`;
  const gaps = body.split('::');
  if (gaps.length > 2) return undefined;
  const head = gaps[0] === '' || gaps[0] === undefined ? [] : gaps[0].split(':');
  const tail = gaps[1] === '' || gaps[1] === undefined ? [] : gaps[1].split(':');
  const given = head.length + tail.length;
  if (gaps.length === 1 ? given !== 8 : given > 7) return undefined;
  const groups = [...head, ...new Array<string>(8 - given).fill('0'), ...tail];
  let value = 0n;
  for (const group of groups) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return undefined;
    value = (value << 16n) | BigInt(Number.parseInt(group, 16));
  }
  return value;
}

/** A set of addresses: single ones and networks, IPv4 and IPv6. */
export class AddressList {
  readonly #networks: readonly { readonly bytes: readonly number[]; readonly bits: number }[];

  /** @param cidrs `10.0.0.0/8`, `192.0.2.1`, `2001:db8::/32`; what is neither is left out */
  constructor(cidrs: readonly string[]) {
    this.#networks = cidrs.flatMap((cidr) => parseNetwork(cidr) ?? []);
  }

  has(address: string): boolean {
    const bytes = parseAddress(address);
    return bytes !== undefined && this.#networks.some((network) => contains(network, bytes));
  }
}

/** Whether a text is an address or a network (Go's net.ParseIP, net.ParseCIDR). */
export function isNetwork(text: string): boolean {
  return parseNetwork(text) !== undefined;
}

function contains({ bytes, bits }: { bytes: readonly number[]; bits: number }, address: readonly number[]): boolean {
  if (bytes.length !== address.length) return false;
  for (let i = 0; i * 8 < bits; i++) {
    const mask = bits - i * 8 >= 8 ? 0xff : (0xff << (8 - (bits - i * 8))) & 0xff;
    if (((bytes[i] as number) & mask) !== ((address[i] as number) & mask)) return false;
  }
  return true;
}

function parseNetwork(text: string): { bytes: readonly number[]; bits: number } | undefined {
  const slash = text.indexOf('/');
  const bytes = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (bytes === undefined) return undefined;
  const most = bytes.length * 8;
  if (slash < 0) return { bytes, bits: most };
  const prefix = text.slice(slash + 1);
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= most ? { bytes, bits: Number(prefix) } : undefined;
}

function parseAddress(text: string): number[] | undefined {
  return text.includes(':') ? parseIPv6(text) : parseIPv4(text);
}

function parseIPv4(text: string): number[] | undefined {
  const parts = text.split('.');
  const isByte = (part: string) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255;
  return parts.length === 4 && parts.every(isByte) ? parts.map(Number) : undefined;
}

function parseIPv6(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(parseGroups);
  if (head === undefined) return undefined;
  if (halves.length === 1) return head.length === 16 ? head : undefined;
  if (tail === undefined || head.length + tail.length > 14) return undefined;
  return [...head, ...Array<number>(16 - head.length - tail.length).fill(0), ...tail];
}

/** Groups of an IPv6 address, the last of which may be an IPv4 one. */
function parseGroups(text: string): number[] | undefined {
  if (text === '') return [];
  const bytes: number[] = [];
  for (const [index, group] of text.split(':').entries()) {
    const isLast = index === text.split(':').length - 1;
    const v4 = isLast && group.includes('.') ? parseIPv4(group) : undefined;
    if (v4 !== undefined) bytes.push(...v4);
    else if (/^[0-9a-fA-F]{1,4}$/.test(group))
      bytes.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff);
    else return undefined;
  }
  return bytes;
}

/** An address as a number, with its length in bits; undefined when it is none. */
interface Address {
  readonly value: bigint;
  readonly bits: 32 | 128;
}

/** Whether the address lies in one of the CIDRs; an empty list lets everybody in. CIDRs that cannot be read match nothing. */
export function allowsSource(ranges: readonly string[], address: string): boolean {
  if (ranges.length === 0) return true;
  const source = parseAddress(address);
  return source !== undefined && ranges.some((range) => contains(range, source));
}

function contains(cidr: string, source: Address): boolean {
  const [network, length] = cidr.trim().split('/');
  const base = parseAddress(network ?? '');
  if (base === undefined || base.bits !== source.bits || !/^\d{1,3}$/.test(length ?? '')) return false;
  const prefix = Number(length);
  if (prefix > base.bits) return false;
  const shift = BigInt(base.bits - prefix);
  return base.value >> shift === source.value >> shift;
}

function parseAddress(text: string): Address | undefined {
  return text.includes(':') ? parseIPv6(text) : parseIPv4(text);
}

function parseIPv4(text: string): Address | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return { value: parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n), bits: 32 };
}

function parseIPv6(text: string): Address | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...new Array<string>(missing).fill('0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return { value: groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n), bits: 128 };
}

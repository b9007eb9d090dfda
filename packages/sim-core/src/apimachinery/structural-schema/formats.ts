import { isDNS1123Subdomain } from '../validation/names.ts';

type Check = (text: string) => boolean;

const matches =
  (pattern: RegExp): Check =>
  (text) =>
    pattern.test(text);

const IPV4 = /^(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;

function isIPv6(text: string): boolean {
  if (!text.includes(':') || /[^0-9a-fA-F:.]/.test(text)) return false;
  try {
    return new URL(`http://[${text}]/`).hostname !== '';
  } catch {
    return false;
  }
}

function isCidr(text: string): boolean {
  const [address = '', bits = '', ...rest] = text.split('/');
  if (rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(bits)) return false;
  return IPV4.test(address) ? Number(bits) <= 32 : isIPv6(address) && Number(bits) <= 128;
}

function isUri(text: string): boolean {
  try {
    return new URL(text).protocol !== '';
  } catch {
    return text.startsWith('/');
  }
}

function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return false;
  return Number(day) >= 1 && Number(day) <= daysIn(Number(year), Number(month));
}

function daysIn(year: number, month: number): number {
  if (month < 1 || month > 12) return 0;
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i;

function isDateTime(text: string): boolean {
  const [date = '', time = ''] = text.split(/[Tt]/);
  return isDate(date) && TIME.test(time);
}

const HEX = '[0-9a-f]';
const uuid = (version: string): Check =>
  matches(new RegExp(`^${HEX}{8}-?${HEX}{4}-?${version}${HEX}{3}-?${HEX}{4}-?${HEX}{12}$`, 'i'));

/** The formats that custom resources are held to (apiextensions-apiserver/pkg/apiserver/validation/formats.go); others say nothing. */
const FORMATS: Readonly<Record<string, Check>> = Object.freeze({
  bsonobjectid: matches(/^[0-9a-f]{24}$/i),
  byte: (text: string) => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text),
  cidr: isCidr,
  creditcard: matches(/^\d{13,19}$/),
  date: isDate,
  'date-time': isDateTime,
  datetime: isDateTime,
  duration: matches(/^[+-]?(\d+(\.\d*)?|\.\d+)\s*(ns|us|µs|μs|ms|s|m|h|d|w|[a-z]+)(\s*\d+(\.\d*)?\s*[a-zµμ]+)*$|^0$/i),
  email: matches(/^[^\s@<>()]+@[^\s@<>()]+$/),
  hexcolor: matches(/^#?([0-9a-f]{3}|[0-9a-f]{6})$/i),
  hostname: (text: string) => text.length <= 255 && isDNS1123Subdomain(text.toLowerCase()).length === 0,
  ipv4: matches(IPV4),
  ipv6: isIPv6,
  isbn: matches(/^(\d[- ]?){9}[\dX]$|^(\d[- ]?){13}$/),
  isbn10: matches(/^(\d[- ]?){9}[\dX]$/),
  isbn13: matches(/^(\d[- ]?){13}$/),
  mac: matches(/^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$|^([0-9a-f]{4}\.){2}[0-9a-f]{4}$/i),
  password: () => true,
  rgbcolor: matches(/^rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)$/),
  ssn: matches(/^\d{3}[- ]?\d{2}[- ]?\d{4}$/),
  uri: isUri,
  uuid: uuid(HEX),
  uuid3: uuid('3'),
  uuid4: uuid('4'),
  uuid5: uuid('5'),
});

/** Whether a text is of that format; formats that nobody knows say nothing. */
export function isOfFormat(format: string, text: string): boolean {
  return !Object.hasOwn(FORMATS, format) || (FORMATS[format] as Check)(text);
}

/** Whether the format restricts texts. */
export function isKnownFormat(format: string): boolean {
  return Object.hasOwn(FORMATS, format);
}

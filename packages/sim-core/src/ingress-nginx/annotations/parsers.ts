import { isNetwork } from '../nginx/cidr.ts';
import { unsupportedIn } from '../nginx/pcre.ts';
import { InvalidValue } from './define-annotation.ts';

const TRUE: ReadonlySet<string> = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const FALSE: ReadonlySet<string> = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

/** Go's strconv.ParseBool: "yes" and "on" are no booleans. */
export function parseBool(value: string): boolean | InvalidValue {
  if (TRUE.has(value)) return true;
  return FALSE.has(value) ? false : new InvalidValue('the annotation value is not a boolean');
}

/** Go's strconv.Atoi. */
export function parseInteger(value: string): number | InvalidValue {
  const number = /^[+-]?\d+$/.test(value) ? Number(value) : Number.NaN;
  return Number.isSafeInteger(number) ? number : new InvalidValue('the annotation value is not an integer');
}

/** Whole seconds, as milliseconds; no unit. */
export function parseSeconds(value: string): number | InvalidValue {
  const seconds = parseInteger(value);
  return typeof seconds === 'number' ? seconds * 1000 : seconds;
}

/** What the controller takes for a size; blanks do not count (annotations/parser/validators.go, SizeRegex). */
const SIZE = /^\d+[bkmg]?$/i;
const SIZE_UNITS: Readonly<Record<string, number>> = Object.freeze({ '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 });

/** A size in bytes: `8k`, `1m`. NaN for one that the controller lets pass and nginx does not know: `15b`, `1g`, `1 m`. */
export const parseSize = sizeIn(/^(\d+)([km]?)$/i);

/** The same where nginx knows gigabytes, too (template.go, isValidByteSize). */
export const parseOffset = sizeIn(/^(\d+)([kmg]?)$/i);

function sizeIn(nginx: RegExp): (value: string) => number | InvalidValue {
  return (value) => {
    if (!SIZE.test(value.replaceAll(' ', ''))) return new InvalidValue('the annotation value is not a size');
    const [, digits, unit = ''] = nginx.exec(value.trim()) ?? [];
    return digits === undefined ? Number.NaN : Number(digits) * (SIZE_UNITS[unit.toLowerCase()] ?? Number.NaN);
  };
}

/** Text whose blanks do not count when it is looked at (annotations/parser/validators.go, ValidateRegex with removeSpace). */
export function parseMatch(pattern: RegExp): (value: string) => string | InvalidValue {
  return (value) =>
    pattern.test(value.replaceAll(' ', '')) ? value.trim() : new InvalidValue('annotation contains invalid value');
}

/** One of a few words, blanks around it left out (annotations/parser/validators.go, ValidateOptions). */
export function parseOption<T extends string>(...options: readonly T[]): (value: string) => T | InvalidValue {
  return (value) =>
    options.find((option) => option === value.trim()) ?? new InvalidValue('value does not match any valid option');
}

const CHARSETS = {
  /** BasicCharsRegex, checked with blanks left out. */
  basic: /^[A-Za-z0-9\-._~/: ]*$/,
  /** IsValidRegex. */
  regex: /^[A-Za-z0-9\-._~/:^$[\](){}*+?|&=\\]*$/,
  /** RegexPathWithCapture. */
  capturePath: /^\/?[A-Za-z0-9\-._~/:$]*$/,
  /** HeadersVariable. */
  headers: /^[A-Za-z0-9\-_, ]*$/,
  /** URLIsValidRegex. */
  url: /^[A-Za-z0-9\-._~/:?&=, ]*$/,
  /** URLWithNginxVariableRegex. */
  urlWithVariables: /^[A-Za-z0-9\-._~/:?&=,$ ]*$/,
  /** NGINXVariable. */
  variables: /^[A-Za-z0-9\-_${} ]*$/,
  /** ExtendedCharsRegex. */
  extended: /^[A-Za-z0-9\-._~/:, ]*$/,
  /** CharsWithSpace. */
  words: /^[A-Za-z0-9\-._~/: ]*$/,
} as const;

/** Text of a restricted set of characters, without the blanks around it (annotations/parser/validators.go, main.go parseString). */
export function parseText(charset: keyof typeof CHARSETS): (value: string) => string | InvalidValue {
  return (value) =>
    CHARSETS[charset].test(value) ? value.trim() : new InvalidValue('annotation contains invalid value');
}

/** A regex; what only an engine can run that goes back is refused (docs/decisions/0009). */
export function parseRegex(value: string): string | InvalidValue {
  return unsupportedIn(value) === undefined ? PATTERN(value) : new InvalidValue('annotation contains invalid value');
}

const PATTERN = parseText('regex');

const HTTP_URL = /^https?:\/\/[^/?]+/i;
/** URLIsValidRegex. */
const URL_TEXT = /^[A-Za-z0-9\-._~/:?&=,]*$/;

/** An http URL, without variables; what is none is as if it were not there (annotations/redirect/redirect.go, isValidURL). */
export function parseUrl(value: string): string | InvalidValue {
  if (!URL_TEXT.test(value)) return new InvalidValue('annotation contains invalid value');
  return /^http[a-z]*:/i.test(value)
    ? value
    : new InvalidValue('only http and https are valid protocols, so the redirect is passed over', 'default');
}

/** An http URL that may hold variables of nginx (URLWithNginxVariableRegex; annotations/parser/main.go, StringToURL). */
export function parseUrlWithVariables(value: string): string | InvalidValue {
  const url = value.trim();
  if (!CHARSETS.urlWithVariables.test(url)) return new InvalidValue('annotation contains invalid value');
  return HTTP_URL.test(url) ? url : new InvalidValue('only http and https are valid protocols');
}

/** Addresses and networks, separated by commas (internal/net, ParseCIDRs). */
export function parseNetworks(value: string): string[] | InvalidValue {
  const networks = value.split(',').map((network) => network.trim());
  const wrong = networks.some((network) => !isNetwork(network));
  return wrong ? new InvalidValue('the annotation does not contain a valid IP address or network') : networks.sort();
}

import { byteLength, emptyError, maxLenError, regexError } from './messages.ts';

/*
 * The name checks of k8s.io/apimachinery/pkg/util/validation/validation.go: each answers with the list of what is
 * wrong, empty when the value is valid.
 */

const DNS_LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const DNS_SUBDOMAIN = `${DNS_LABEL}(\\.${DNS_LABEL})*`;
const UNDERSCORE_LABEL = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const UNDERSCORE_SUBDOMAIN = `${UNDERSCORE_LABEL}(\\.${UNDERSCORE_LABEL})*`;
const DNS_1035_LABEL = '[a-z]([-a-z0-9]*[a-z0-9])?';
const WILDCARD_SUBDOMAIN = `\\*\\.${DNS_SUBDOMAIN}`;
const QUALIFIED_NAME = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const LABEL_VALUE = `(${QUALIFIED_NAME})?`;
const CONFIG_MAP_KEY = '[-._a-zA-Z0-9]+';
const HTTP_HEADER_NAME = '[-A-Za-z0-9]+';

const DNS_LABEL_PATTERN = new RegExp(`^${DNS_LABEL}$`);
const DNS_SUBDOMAIN_PATTERN = new RegExp(`^${DNS_SUBDOMAIN}$`);
const UNDERSCORE_SUBDOMAIN_PATTERN = new RegExp(`^${UNDERSCORE_SUBDOMAIN}$`);
const DNS_1035_LABEL_PATTERN = new RegExp(`^${DNS_1035_LABEL}$`);
const WILDCARD_SUBDOMAIN_PATTERN = new RegExp(`^${WILDCARD_SUBDOMAIN}$`);
const QUALIFIED_NAME_PATTERN = new RegExp(`^${QUALIFIED_NAME}$`);
const LABEL_VALUE_PATTERN = new RegExp(`^${LABEL_VALUE}$`);
const CONFIG_MAP_KEY_PATTERN = new RegExp(`^${CONFIG_MAP_KEY}$`);
const HTTP_HEADER_NAME_PATTERN = new RegExp(`^${HTTP_HEADER_NAME}$`);

const LABEL_MAX = 63;
const SUBDOMAIN_MAX = 253;

const SUBDOMAIN_MESSAGE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
const QUALIFIED_NAME_MESSAGE =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

function tooLong(value: string, max: number): string[] {
  return byteLength(value) > max ? [maxLenError(max)] : [];
}

/** A DNS label as RFC 1123 has it: most parts of names, Service ports, hostnames, namespaces. */
export function isDNS1123Label(value: string): string[] {
  const errors = tooLong(value, LABEL_MAX);
  if (DNS_LABEL_PATTERN.test(value)) return errors;
  if (DNS_SUBDOMAIN_PATTERN.test(value)) return [...errors, 'must not contain dots'];
  const message =
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
  return [...errors, regexError(message, DNS_LABEL, 'my-name', '123-abc')];
}

/** A DNS subdomain as RFC 1123 has it: the names of most objects, Ingress hosts. */
export function isDNS1123Subdomain(value: string): string[] {
  const errors = tooLong(value, SUBDOMAIN_MAX);
  if (DNS_SUBDOMAIN_PATTERN.test(value)) return errors;
  return [...errors, regexError(SUBDOMAIN_MESSAGE, DNS_SUBDOMAIN, 'example.com')];
}

/** A search path of a resolver: a subdomain whose labels may hold underscores. */
export function isDNS1123SubdomainWithUnderscore(value: string): string[] {
  const errors = tooLong(value, SUBDOMAIN_MAX);
  if (UNDERSCORE_SUBDOMAIN_PATTERN.test(value)) return errors;
  const message =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character";
  // The message of v1.33 shows the other pattern.
  return [...errors, regexError(message, DNS_SUBDOMAIN, 'example.com')];
}

/** A DNS label that starts with a letter: the names of Services. */
export function isDNS1035Label(value: string): string[] {
  const errors = tooLong(value, LABEL_MAX);
  if (DNS_1035_LABEL_PATTERN.test(value)) return errors;
  const message =
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character";
  return [...errors, regexError(message, DNS_1035_LABEL, 'my-name', 'abc-123')];
}

/** A wildcard host of an Ingress, `*.example.com`. */
export function isWildcardDNS1123Subdomain(value: string): string[] {
  const errors = tooLong(value, SUBDOMAIN_MAX);
  if (WILDCARD_SUBDOMAIN_PATTERN.test(value)) return errors;
  const message =
    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character";
  return [...errors, regexError(message, WILDCARD_SUBDOMAIN, '*.example.com')];
}

function qualifiedNameError(): string {
  return regexError(QUALIFIED_NAME_MESSAGE, QUALIFIED_NAME, 'MyName', 'my.name', '123-abc');
}

function prefixErrors(prefix: string): string[] {
  const errors = prefix === '' ? [emptyError()] : isDNS1123Subdomain(prefix);
  return errors.map((error) => `prefix part ${error}`);
}

function namePartErrors(name: string): string[] {
  const errors = name === '' ? [emptyError()] : tooLong(name, LABEL_MAX);
  if (!QUALIFIED_NAME_PATTERN.test(name)) errors.push(qualifiedNameError());
  return errors.map((error) => `name part ${error}`);
}

/** Keys of labels and annotations: `name` or `prefix/name`. */
export function isQualifiedName(value: string): string[] {
  const parts = value.split('/');
  if (parts.length > 2) {
    return [
      `a qualified name ${qualifiedNameError()} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const name = parts.at(-1) ?? '';
  return [...(parts.length === 2 ? prefixErrors(parts[0] ?? '') : []), ...namePartErrors(name)];
}

/** Values of labels; the empty string is valid. */
export function isValidLabelValue(value: string): string[] {
  const errors = tooLong(value, LABEL_MAX);
  if (LABEL_VALUE_PATTERN.test(value)) return errors;
  const message =
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
  return [...errors, regexError(message, LABEL_VALUE, 'MyValue', 'my_value', '12345')];
}

function dotPathErrors(value: string): string[] {
  if (value === '.') return ["must not be '.'"];
  if (value === '..') return ["must not be '..'"];
  return value.startsWith('..') ? ["must not start with '..'"] : [];
}

/** Keys of ConfigMap and Secret data. */
export function isConfigMapKey(value: string): string[] {
  const errors = tooLong(value, SUBDOMAIN_MAX);
  if (!CONFIG_MAP_KEY_PATTERN.test(value)) {
    const message = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
    errors.push(regexError(message, CONFIG_MAP_KEY, 'key.name', 'KEY_NAME', 'key-name'));
  }
  return [...errors, ...dotPathErrors(value)];
}

/** Names of HTTP headers in probes. */
export function isHTTPHeaderName(value: string): string[] {
  if (HTTP_HEADER_NAME_PATTERN.test(value)) return [];
  const message = "a valid HTTP header must consist of alphanumeric characters or '-'";
  return [regexError(message, HTTP_HEADER_NAME, 'X-Header-Name')];
}

/** Names of environment variables as v1.33 reads them (`IsRelaxedEnvVarName`): printable ASCII without '='. */
export function isRelaxedEnvVarName(value: string): string[] {
  if (value === '') return [`environment variable name ${emptyError()}`];
  return /^[ -<>-~]+$/.test(value)
    ? []
    : ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
}

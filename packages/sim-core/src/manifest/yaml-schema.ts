import {
  boolYaml11Tag,
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  mergeTag,
  NOT_RESOLVED,
  nullYaml11Tag,
  Schema,
  strTag,
} from 'js-yaml';

const DIGITS = '0123456789';
const SIGNED = Object.freeze(['-', '+', ...DIGITS]);

/** Integers as Go's `strconv.ParseInt(text, 0, 64)` reads them: 0x, 0o, 0b, and a leading 0 means octal. */
function resolveInteger(source: string): number | typeof NOT_RESOLVED {
  const text = source.replaceAll('_', '');
  const match = /^([-+]?)(?:(0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)|0([0-7]+)|(0|[1-9]\d*))$/.exec(text);
  if (match === null) return NOT_RESOLVED;
  const [, sign, prefixed, octal, decimal] = match;
  const magnitude = octal === undefined ? Number(prefixed?.toLowerCase() ?? decimal) : Number.parseInt(octal, 8);
  if (!Number.isFinite(magnitude)) return NOT_RESOLVED;
  return sign === '-' && magnitude !== 0 ? -magnitude : magnitude;
}

/** Floats as go-yaml reads them: no base 60, an exponent without sign is one too (`1e3`). */
function resolveFloat(source: string): number | typeof NOT_RESOLVED {
  const special = /^([-+]?)\.(?:inf|Inf|INF)$/.exec(source);
  if (special !== null) return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^\.(?:nan|NaN|NAN)$/.test(source)) return Number.NaN;
  const text = source.startsWith('.') ? source : source.replaceAll('_', '');
  if (!/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(text)) return NOT_RESOLVED;
  const number = Number(text);
  return Number.isFinite(number) ? number : NOT_RESOLVED;
}

/** go-yaml hands the decoded bytes on as a string. */
function resolveBinary(source: string): string | typeof NOT_RESOLVED {
  try {
    const bytes = Uint8Array.from(atob(source.replace(/\s/g, '')), (char) => char.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    return NOT_RESOLVED;
  }
}

const loadOnly = () => false;

export const integerTag = defineScalarTag('tag:yaml.org,2002:int', {
  implicit: true,
  implicitFirstChars: SIGNED,
  resolve: resolveInteger,
  identify: loadOnly,
});

export const floatTag = defineScalarTag('tag:yaml.org,2002:float', {
  implicit: true,
  implicitFirstChars: [...SIGNED, '.'],
  resolve: (source) => {
    const integer = resolveInteger(source);
    return integer === NOT_RESOLVED ? resolveFloat(source) : integer;
  },
  identify: loadOnly,
});

const binaryTag = defineScalarTag('tag:yaml.org,2002:binary', { resolve: resolveBinary, identify: loadOnly });

/** JSON has no NaN and no infinity; Go's encoder says so in these words. */
function refuseNonFinite(value: unknown): string {
  if (typeof value !== 'number' || Number.isFinite(value)) return '';
  return `json: unsupported value: ${Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'}`;
}

/** Marks the key in js-yaml's message; see `syntax-error.ts`. */
export const RESERVED_KEY = 'reserved key __proto__';
export const UNSUPPORTED_KEY = 'unsupported map key';

function addPair(fields: Record<string, unknown>, key: unknown, value: unknown): string {
  if (key === null || typeof key === 'object') return UNSUPPORTED_KEY;
  const name = String(key);
  if (name === '__proto__') return RESERVED_KEY;
  fields[name] = value;
  return refuseNonFinite(value);
}

function mappingTag(tagName: string, matchByTagPrefix: boolean) {
  return defineMappingTag<Record<string, unknown>>(tagName, {
    matchByTagPrefix,
    create: () => ({}),
    addPair,
    has: (fields, key) => (key === null || typeof key === 'object' ? false : Object.hasOwn(fields, String(key))),
    keys: (fields) => Object.keys(fields),
    get: (fields, key) => fields[String(key)],
    identify: loadOnly,
  });
}

function sequenceTag(tagName: string, matchByTagPrefix: boolean) {
  return defineSequenceTag<unknown[]>(tagName, {
    matchByTagPrefix,
    create: () => [],
    addItem: (items, item) => {
      items.push(item);
      return refuseNonFinite(item);
    },
    identify: loadOnly,
  });
}

/**
 * YAML as the Kubernetes API reads it: YAML 1.1 with go-yaml's departures. `y`, `yes`, `on` … are booleans, `010` and
 * `0o10` are 8, `1:30` and dates stay strings, keys become strings, unknown tags are ignored.
 * Source: `sigs.k8s.io/yaml` `yaml.go` and `goyaml.v2/resolve.go`.
 */
export const KUBERNETES_SCHEMA = new Schema([
  strTag,
  nullYaml11Tag,
  boolYaml11Tag,
  integerTag,
  floatTag,
  mergeTag,
  binaryTag,
  defineScalarTag('', { matchByTagPrefix: true, resolve: (source) => source, identify: loadOnly }),
  sequenceTag('tag:yaml.org,2002:seq', false),
  sequenceTag('', true),
  mappingTag('tag:yaml.org,2002:map', false),
  mappingTag('', true),
]);

import type { Kind } from '../../apimachinery/kind.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { newBadRequest } from '../../apimachinery/status-error.ts';

/** One term of a field selector: `status.phase!=Running`. */
export interface FieldTerm {
  fieldOf(object: KubeObject): string;
  readonly value: string;
  readonly negated: boolean;
}

type Getter = (object: KubeObject) => string;

const EVERY_KIND: Readonly<Record<string, Getter>> = Object.freeze({
  'metadata.name': ({ metadata }: KubeObject) => metadata.name,
  'metadata.namespace': ({ metadata }: KubeObject) => metadata.namespace ?? '',
});

/**
 * Reads a field selector (k8s.io/apimachinery/pkg/fields/selector.go).
 * @throws StatusError BadRequest in the API server's words
 */
export function parseFieldSelector(kind: Kind, text: string): FieldTerm[] {
  return splitTerms(text)
    .filter((term) => term !== '')
    .map((term) => {
      const found = /^(.*?)(!=|==|=)(.*)$/s.exec(term);
      if (found === null) throw newBadRequest(`invalid selector: '${text}'; can't understand '${term}'`);
      const [, field = '', operator, value = ''] = found;
      return { fieldOf: getterOf(kind, field), value: unescapeValue(value, text), negated: operator === '!=' };
    });
}

function getterOf(kind: Kind, field: string): Getter {
  const own = kind.selectableFields;
  const getter = Object.hasOwn(EVERY_KIND, field) ? EVERY_KIND[field] : undefined;
  if (getter !== undefined) return getter;
  if (own !== undefined && Object.hasOwn(own, field)) return own[field] as Getter;
  if (own !== undefined) throw newBadRequest(`field label not supported: ${field}`);
  throw newBadRequest(`"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`);
}

/** At commas that no backslash protects. */
function splitTerms(text: string): string[] {
  return text.split(/(?<!\\),/);
}

function unescapeValue(value: string, text: string): string {
  const rest = value.replace(/\\[\\,=]/g, '');
  if (/[\\=]/.test(rest)) {
    throw newBadRequest(`invalid selector: '${text}'; invalid field selector: unescaped character in value: ${value}`);
  }
  return value.replace(/\\([\\,=])/g, '$1');
}

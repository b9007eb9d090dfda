/** How a client wants objects. */
export type ObjectForm = 'object' | 'table' | 'metadata';

/** What of the Accept header counts. */
export interface Accepted {
  readonly form: ObjectForm;
  readonly encoding: 'json' | 'yaml';
}

const JSON_ACCEPTED: Accepted = Object.freeze({ form: 'object', encoding: 'json' });

/** `as=Table;v=v1;g=meta.k8s.io` and the like (k8s.io/apiserver/pkg/endpoints/handlers/negotiation). */
const FORMS: Readonly<Record<string, ObjectForm>> = Object.freeze({
  Table: 'table',
  PartialObjectMetadata: 'metadata',
  PartialObjectMetadataList: 'metadata',
});

const ENCODINGS: Readonly<Record<string, Accepted['encoding']>> = Object.freeze({
  'application/json': 'json',
  'application/yaml': 'yaml',
  'application/*': 'json',
  '*/*': 'json',
});

/** The first way to answer that the client takes; undefined: none of ours (406). */
export function negotiate(accept: string | undefined): Accepted | undefined {
  if (accept === undefined || accept.trim() === '') return JSON_ACCEPTED;
  for (const range of accept.split(',')) {
    const accepted = readRange(range);
    if (accepted !== undefined) return accepted;
  }
  return undefined;
}

function readRange(range: string): Accepted | undefined {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
  const encoding = own(ENCODINGS, type.toLowerCase());
  if (encoding === undefined) return undefined;
  const values = new Map(parameters.map((parameter) => splitOnce(parameter)));
  const as = values.get('as');
  if (as === undefined) return { form: 'object', encoding };
  const isMeta = values.get('g') === 'meta.k8s.io' && /^v1(beta1)?$/.test(values.get('v') ?? '');
  const form = isMeta ? own(FORMS, as) : undefined;
  return form === undefined ? undefined : { form, encoding };
}

/** What a client names may be the name of something that every object has. */
function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function splitOnce(text: string): [string, string] {
  const equals = text.indexOf('=');
  return equals < 0 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
}

import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { type EditorView, hoverTooltip, type Tooltip } from '@codemirror/view';
import type { ApiDocs } from './api-docs.ts';
import { documentAt, documentsOf, type ManifestDocument } from './documents.ts';
import { type FieldDoc, fieldAt, fieldsAt, kindsOf } from './schema-docs.ts';
import { fieldPath, yamlPlace } from './yaml-path.ts';

/** Groups and versions that a learner writes most. */
const USUAL_VERSIONS: readonly string[] = Object.freeze([
  'v1',
  'apps/v1',
  'networking.k8s.io/v1',
  'autoscaling/v2',
  'batch/v1',
  'policy/v1',
  'rbac.authorization.k8s.io/v1',
]);

/** Names of live objects of a kind, to choose from. */
export type NamesOf = (kind: string) => readonly string[];

/** Suggests fields, values and annotations, as the API server and the controller know them. */
export function suggestions(docs: ApiDocs, namesOf: NamesOf) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const line = context.state.doc.lineAt(context.pos);
    const lines = context.state.doc.toString().split('\n');
    const place = yamlPlace(lines, line.number - 1, context.pos - line.from);
    const document = documentAt(documentsOf(lines.join('\n')), line.number);
    const word = context.matchBefore(place.part === 'value' ? /[^\s:][^\s]*$/ : /[\w./-]*$/);
    if (!document || (!word?.text && !context.explicit)) return null;
    const options =
      place.part === 'key'
        ? await fieldOptions(docs, document, place.path)
        : await valueOptions(docs, document, place.path, namesOf);
    return options.length === 0 ? null : { from: word?.from ?? context.pos, options, validFor: /^[\w./"-]*$/ };
  };
}

async function fieldOptions(docs: ApiDocs, document: ManifestDocument, path: readonly string[]): Promise<Completion[]> {
  if (path.join('.') === 'metadata.annotations') return annotationOptions(docs, document);
  const fields = fieldsAt(await docs.schemas(document.apiVersion || 'v1'), document.kind || 'Pod', path);
  return fields.filter(({ name }) => name !== 'status').map(fieldOption);
}

function fieldOption({ name, type, description, isRequired }: FieldDoc): Completion {
  const isBlock = /^(\[\]|map)|^[A-Z]/.test(type) && type !== 'Time' && type !== 'Quantity' && type !== 'IntOrString';
  return {
    label: name,
    type: 'property',
    detail: type,
    info: description,
    apply: isBlock ? `${name}:` : `${name}: `,
    boost: isRequired ? 1 : 0,
  };
}

async function annotationOptions(docs: ApiDocs, { kind }: ManifestDocument): Promise<Completion[]> {
  if (kind !== 'Ingress') return [];
  return (await docs.annotations()).map(({ name, summary, example, default: usual, limits }) => ({
    label: name,
    displayLabel: name.slice(name.indexOf('/') + 1),
    type: 'property',
    info: [summary, usual && `Default: ${usual}`, limits].filter(Boolean).join('\n'),
    apply: `${name}: ${JSON.stringify(example)}`,
  }));
}

async function valueOptions(
  docs: ApiDocs,
  { apiVersion, kind }: ManifestDocument,
  path: readonly string[],
  namesOf: NamesOf,
): Promise<Completion[]> {
  const where = path.join('.');
  const named = (values: readonly string[]): Completion[] => values.map((label) => ({ label, type: 'constant' }));
  if (where === 'apiVersion') return named(USUAL_VERSIONS);
  if (where === 'kind') return named(kindsOf(await docs.schemas(apiVersion || 'v1')));
  if (where.endsWith('service.name')) return named(namesOf('Service'));
  if (where === 'spec.ingressClassName') return named(['nginx']);
  return named(fieldAt(await docs.schemas(apiVersion), kind, path)?.values ?? []);
}

/** Says what a field or an annotation is when the pointer rests on it. */
export function hoverDocs(docs: ApiDocs) {
  return hoverTooltip(async (view: EditorView, position: number): Promise<Tooltip | null> => {
    const line = view.state.doc.lineAt(position);
    const [lead = '', name = ''] = [
      /^[\s-]*/.exec(line.text)?.[0],
      /^[\s-]*([^\s#:][^#]*?):(\s|$)/.exec(line.text)?.[1],
    ];
    const from = line.from + lead.length;
    if (name === '' || position < from || position > from + name.length) return null;
    const text = await wordsOf(docs, view, line.number);
    return text ? { pos: from, end: from + name.length, above: true, create: () => ({ dom: paragraphs(text) }) } : null;
  });
}

async function wordsOf(docs: ApiDocs, { state }: EditorView, line: number): Promise<string[] | undefined> {
  const text = state.doc.toString();
  const path = fieldPath(text.split('\n'), line - 1);
  const document = documentAt(documentsOf(text), line);
  if (!path || !document) return undefined;
  if (path[0] === 'metadata' && path[1] === 'annotations' && path.length === 3) {
    const known = (await docs.annotations()).find(({ name }) => name === path[2]);
    return (
      known && [known.name, known.summary, known.default && `Default: ${known.default}`, known.limits].filter(Boolean)
    );
  }
  const field = fieldAt(await docs.schemas(document.apiVersion), document.kind, path);
  return field && [`${field.name} <${field.type}>${field.isRequired ? ' -required-' : ''}`, field.description];
}

function paragraphs([title = '', ...texts]: string[]): HTMLElement {
  const dom = document.createElement('div');
  dom.className = 'cm-docs';
  const head = document.createElement('strong');
  head.textContent = title;
  dom.append(head);
  for (const text of texts) {
    const paragraph = document.createElement('p');
    paragraph.textContent = text;
    dom.append(paragraph);
  }
  return dom;
}

import { type Fields, isFields, type Manifest, type ManifestDocument } from '../../manifest/document.ts';
import { namesIn } from './object-key.ts';

/** Fields of metadata that the API server and controllers write. */
const SERVER_METADATA = Object.freeze([
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
]);
/** Fields of spec that are allocated, by kind. */
const SERVER_SPEC: Readonly<Record<string, readonly string[]>> = Object.freeze({
  Service: ['clusterIP', 'clusterIPs', 'healthCheckNodePort', 'ipFamilies', 'ipFamilyPolicy'],
  Pod: ['nodeName'],
});
/** Annotations that clients and controllers keep their own books in. */
const BOOKS = /^(kubectl\.kubernetes\.io\/last-applied-configuration|deployment\.kubernetes\.io\/)/;

/** What became of documents that came out of `kubectl get -o yaml`. */
export interface CleanedDocuments {
  readonly documents: readonly ManifestDocument[];
  /** How many were dumps, and which of them controllers had made, so that they were left out. */
  readonly cleaned: number;
  readonly leftOut: readonly ManifestDocument[];
}

/** Whether a document came out of a cluster: only servers write a uid or a resourceVersion. */
export function isExported({ value }: ManifestDocument): boolean {
  const { metadata } = value;
  return isFields(metadata) && (metadata['uid'] !== undefined || metadata['resourceVersion'] !== undefined);
}

/** Takes out of dumps what servers wrote, and the objects that controllers had made. */
export function cleanExported(documents: readonly ManifestDocument[]): CleanedDocuments {
  const dumps = documents.filter(isExported);
  const leftOut = dumps.filter(isMadeByController);
  const kept = documents.filter((document) => !leftOut.includes(document));
  return {
    documents: kept.map((document) =>
      isExported(document) ? { ...document, value: cleanManifest(document.value) } : document,
    ),
    cleaned: dumps.length - leftOut.length,
    leftOut,
  };
}

function isMadeByController({ value }: ManifestDocument): boolean {
  const owners = isFields(value['metadata']) ? value['metadata']['ownerReferences'] : undefined;
  if (Array.isArray(owners) && owners.some((each) => isFields(each) && each['controller'] === true)) return true;
  const { kind } = value;
  const { name } = namesIn(value);
  return (
    ['Endpoints', 'EndpointSlice', 'Event'].includes(kind) ||
    (kind === 'Service' && name === 'kubernetes') ||
    (kind === 'ConfigMap' && name === 'kube-root-ca.crt')
  );
}

/** An object of a cluster as somebody could have written it: without what servers wrote. */
export function cleanManifest(value: Manifest): Manifest {
  const { status: _status, ...rest } = value;
  const metadata = without(rest['metadata'], SERVER_METADATA);
  const annotations = isFields(metadata['annotations']) ? Object.entries(metadata['annotations']) : undefined;
  const own = annotations?.filter(([name]) => !BOOKS.test(name));
  return withoutJobLabels({
    ...rest,
    apiVersion: value.apiVersion,
    kind: value.kind,
    metadata: { ...metadata, ...(own && { annotations: Object.fromEntries(own) }) },
    ...(isFields(rest['spec']) && { spec: cleanSpec(value.kind, rest['spec']) }),
  });
}

/** Labels that the API server gives to a Job's pods, and selects them by (pkg/registry/batch/job/strategy.go). */
const JOB_LABELS = Object.freeze([
  'controller-uid',
  'job-name',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
]);

/** A Job's selector is made anew for every Job, unless its author has written one. */
function withoutJobLabels(value: Manifest): Manifest {
  const { spec } = value;
  if (value.kind !== 'Job' || !isFields(spec) || spec['manualSelector'] === true) return value;
  const template = isFields(spec['template']) ? spec['template'] : {};
  const metadata = isFields(template['metadata']) ? template['metadata'] : {};
  const labels = without(metadata['labels'], JOB_LABELS);
  const own = {
    ...value,
    metadata: { ...without(value['metadata'], []), labels: without(labelsOf(value), JOB_LABELS) },
  };
  return {
    ...own,
    spec: { ...without(spec, ['selector']), template: { ...template, metadata: { ...metadata, labels } } },
  };
}

function labelsOf({ metadata }: Manifest): unknown {
  return isFields(metadata) ? metadata['labels'] : undefined;
}

/** A headless Service says so in a field that is allocated otherwise. */
function cleanSpec(kind: string, spec: Fields): Fields {
  const left = without(spec, SERVER_SPEC[kind] ?? []);
  return spec['clusterIP'] === 'None' ? { ...left, clusterIP: 'None' } : left;
}

function without(value: unknown, names: readonly string[]): Fields {
  if (!isFields(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

import { type Fields, isFields } from '../../manifest/document.ts';

/** Fields of metadata that the API server owns. */
const METADATA: readonly string[] = Object.freeze([
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'ownerReferences',
  'resourceVersion',
  'selfLink',
  'uid',
]);

/** Annotations that tools write. */
const ANNOTATIONS = /^(kubectl|deployment|endpoints|endpointslice)\.kubernetes\.io\//;

/** An object without what only a server writes: what `kubectl get -o yaml` adds to it. */
export function withoutServerOwned(object: Fields): Fields {
  const { status: _status, metadata, ...rest } = object;
  return isFields(metadata) ? { ...rest, metadata: cleanMetadata(metadata) } : rest;
}

function cleanMetadata(metadata: Fields): Fields {
  const kept = Object.entries(metadata).filter(([key]) => !METADATA.includes(key));
  const { annotations, ...rest } = Object.fromEntries(kept);
  if (!isFields(annotations)) return annotations === undefined ? rest : { ...rest, annotations };
  const own = Object.entries(annotations).filter(([key]) => !ANNOTATIONS.test(key));
  return own.length === 0 ? rest : { ...rest, annotations: Object.fromEntries(own) };
}

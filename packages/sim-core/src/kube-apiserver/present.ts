import { apiVersionOf } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import type { WholeResponse } from './http/message.ts';
import { typeMeta } from './http/object-json.ts';
import { jsonText, warningHeader } from './http/responses.ts';
import type { ResourceRequest } from './resource-request.ts';
import type { ServerParts } from './server-parts.ts';
import { includeObjectOf, partialMetadata, TableWriter } from './table.ts';

/** metadata of a list (meta/v1 ListMeta). */
export interface ListMeta {
  readonly resourceVersion: string;
  readonly continue?: string;
  readonly remainingItemCount?: number;
}

/** Answers with one object, in the form that the client asked for. */
export function presentObject(
  server: ServerParts,
  request: Pick<ResourceRequest, 'kind' | 'query' | 'accepted'>,
  object: KubeObject,
  { status = 200, warnings = [] }: { status?: number; warnings?: readonly string[] } = {},
): WholeResponse {
  return answer(server, request, status, objectText(server, request, object), warnings);
}

function objectText(
  server: ServerParts,
  { kind, query, accepted }: Pick<ResourceRequest, 'kind' | 'query' | 'accepted'>,
  object: KubeObject,
): string {
  if (accepted.form === 'metadata') return partialMetadata(object);
  if (accepted.form === 'object') return server.json.single(object);
  const { resourceVersion = '' } = object.metadata;
  const writer = new TableWriter(kind, server.json, includeObjectOf(query));
  return writer.table(JSON.stringify({ resourceVersion }), [object], server.clock.now());
}

/** Answers with a list, in the form that the client asked for. */
export function presentList(
  server: ServerParts,
  request: Pick<ResourceRequest, 'kind' | 'query' | 'accepted'>,
  meta: ListMeta,
  objects: readonly KubeObject[],
  warnings: readonly string[] = [],
): WholeResponse {
  return answer(server, request, 200, listText(server, request, JSON.stringify(meta), objects), warnings);
}

function listText(
  { json, clock }: ServerParts,
  { kind, query, accepted }: Pick<ResourceRequest, 'kind' | 'query' | 'accepted'>,
  meta: string,
  objects: readonly KubeObject[],
): string {
  if (accepted.form === 'table') {
    return new TableWriter(kind, json, includeObjectOf(query)).table(meta, objects, clock.now());
  }
  if (accepted.form === 'metadata') {
    const items = objects.map(partialMetadata).join(',');
    return `{"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","metadata":${meta},"items":[${items}]}`;
  }
  // Items of a typed list carry no apiVersion and kind; custom objects do.
  const items = objects.map((object) => (kind.isCustom === true ? json.whole(object) : `{${json.members(object)}}`));
  const listKind = kind.listKind ?? `${kind.kind}List`;
  return `{${typeMeta(listKind, apiVersionOf(kind))},"metadata":${meta},"items":[${items.join(',')}]}`;
}

function answer(
  { toYaml }: ServerParts,
  { accepted }: Pick<ResourceRequest, 'accepted'>,
  status: number,
  text: string,
  warnings: readonly string[],
): WholeResponse {
  const headers = warningHeader(warnings);
  if (accepted.encoding === 'json') return jsonText(status, text, headers);
  return { status, headers: { ...headers, 'content-type': 'application/yaml' }, body: toYaml(JSON.parse(text)) };
}

import type { Fields, Path } from './document.ts';
import { isFields } from './document.ts';

/** An object and where it stands in its document. */
export interface PlacedObject {
  readonly path: Path;
  readonly value: unknown;
}

/**
 * Takes the items out of a `List` (or `ServiceList`, as `kubectl get -o json` of some tools writes); any other object is
 * itself. Items of a typed list may leave out apiVersion and kind.
 * Source: `apimachinery/pkg/apis/meta/v1/unstructured/helpers.go` (`unstructuredJSONScheme.decodeToList`).
 */
export function unfoldList(value: unknown, path: Path = []): PlacedObject[] {
  if (!isFields(value) || !isList(value)) return [{ path, value }];
  const items = Array.isArray(value['items']) ? value['items'] : [];
  return items.flatMap((item, index) => unfoldList(withType(item, value), [...path, 'items', index]));
}

function isList({ kind, items }: Fields): boolean {
  return kind === 'List' || (typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items));
}

function withType(item: unknown, { kind, apiVersion }: Fields): unknown {
  if (kind === 'List' || !isFields(item) || item['kind'] !== undefined || item['apiVersion'] !== undefined) return item;
  return { apiVersion, kind: String(kind).slice(0, -'List'.length), ...item };
}

import type { Kind } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import { newBadRequest } from '../apimachinery/status-error.ts';
import type { ObjectJson } from './http/object-json.ts';
import { columnsOf } from './table-printer.ts';

/** What of each object stands beside its row (the includeObject parameter). */
export type IncludeObject = 'None' | 'Metadata' | 'Object';

/** @throws StatusError BadRequest */
export function includeObjectOf(query: URLSearchParams): IncludeObject {
  const value = query.get('includeObject') || 'Metadata';
  if (value === 'None' || value === 'Metadata' || value === 'Object') return value;
  throw newBadRequest(`error converting table options: unable to convert query parameter: includeObject: "${value}"`);
}

/** Prints objects as meta.k8s.io/v1 Table, which is what `kubectl get` asks for (k8s.io/kubernetes/pkg/printers). */
export class TableWriter {
  readonly #kind: Kind;
  readonly #json: ObjectJson;
  readonly #include: IncludeObject;

  constructor(kind: Kind, json: ObjectJson, include: IncludeObject) {
    this.#kind = kind;
    this.#json = json;
    this.#include = include;
  }

  /**
   * @param listMeta JSON of the list's metadata
   * @param now cluster time in milliseconds, for ages
   * @param withColumns the definitions too; a watch sends them once
   */
  table(listMeta: string, objects: readonly KubeObject[], now: number, withColumns = true): string {
    const columns = withColumns ? this.#columnDefinitions() : '[]';
    const rows = objects.map((object) => this.#row(object, now)).join(',');
    return `{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":${listMeta},"columnDefinitions":${columns},"rows":[${rows}]}`;
  }

  #columnDefinitions(): string {
    const definitions = columnsOf(this.#kind).map(({ name, type = 'string', priority = 0, description = '' }) => ({
      name,
      type,
      format: name === 'Name' ? 'name' : '',
      description,
      priority,
    }));
    return JSON.stringify(definitions);
  }

  #row(object: KubeObject, now: number): string {
    const cells = JSON.stringify(columnsOf(this.#kind).map((column) => column.cell(object, now)));
    if (this.#include === 'None') return `{"cells":${cells}}`;
    const shown = this.#include === 'Object' ? this.#json.whole(object) : partialMetadata(object);
    return `{"cells":${cells},"object":${shown}}`;
  }
}

/** JSON of an object without anything but its metadata; managers are there where they were kept track of. */
export function partialMetadata({ metadata: stored }: KubeObject): string {
  const { managedFields = [], ...rest } = stored;
  const metadata = managedFields.length > 0 ? stored : rest;
  return `{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":${JSON.stringify(metadata)}}`;
}

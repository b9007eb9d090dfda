import { apiVersionOf } from '../../apimachinery/kind.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import type { StatusError } from '../../apimachinery/status-error.ts';
import { typeMeta } from '../http/object-json.ts';
import type { ResourceRequest } from '../resource-request.ts';
import type { ServerParts } from '../server-parts.ts';
import { includeObjectOf, partialMetadata, TableWriter } from '../table.ts';

const INITIAL_EVENTS_END = 'k8s.io/initial-events-end';

/** Writes the lines of a watch: one JSON object each (meta/v1 WatchEvent), in the form that the client asked for. */
export class EventWriter {
  readonly #server: ServerParts;
  readonly #request: ResourceRequest;
  readonly #table: TableWriter | undefined;
  #columnsSent = false;

  /** @throws StatusError BadRequest */
  constructor(server: ServerParts, request: ResourceRequest) {
    const { kind, query, accepted } = request;
    this.#server = server;
    this.#request = request;
    this.#table = accepted.form === 'table' ? new TableWriter(kind, server.json, includeObjectOf(query)) : undefined;
  }

  event(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: KubeObject): string {
    return line(type, this.#form(object));
  }

  /** @param initialEventsEnd whether everything that was there at the start has been told now (WatchList) */
  bookmark(revision: number, initialEventsEnd: boolean): string {
    const annotations = initialEventsEnd ? { annotations: { [INITIAL_EVENTS_END]: 'true' } } : {};
    const metadata = { resourceVersion: String(revision), creationTimestamp: null, ...annotations };
    const { kind } = this.#request;
    if (this.#table !== undefined) return line('BOOKMARK', this.#rows(JSON.stringify(metadata), []));
    return line('BOOKMARK', `{${typeMeta(kind.kind, apiVersionOf(kind))},"metadata":${JSON.stringify(metadata)}}`);
  }

  error({ status }: StatusError): string {
    return line('ERROR', JSON.stringify(status));
  }

  #form(object: KubeObject): string {
    const { accepted } = this.#request;
    if (accepted.form === 'metadata') return partialMetadata(object);
    if (accepted.form === 'object') return this.#server.json.whole(object);
    return this.#rows(JSON.stringify({ resourceVersion: object.metadata.resourceVersion }), [object]);
  }

  #rows(meta: string, objects: readonly KubeObject[]): string {
    const withColumns = !this.#columnsSent;
    this.#columnsSent = true;
    return (this.#table as TableWriter).table(meta, objects, this.#server.clock.now(), withColumns);
  }
}

function line(type: string, object: string): string {
  return `{"type":"${type}","object":${object}}\n`;
}

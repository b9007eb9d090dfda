import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { newResourceExpired } from '../../apimachinery/status-error.ts';
import type { StoreEvent } from '../../etcd/store.ts';
import type { Cancel } from '../../sim/clock.ts';
import type { ResponseSink } from '../http/message.ts';
import { storedResource } from '../list/collections.ts';
import type { ListOptions } from '../list/list-options.ts';
import type { Selection } from '../list/selection.ts';
import type { ResourceRequest } from '../resource-request.ts';
import type { ServerParts } from '../server-parts.ts';
import { served } from '../stored-version.ts';
import type { EventWriter } from './event-writer.ts';

/** Milliseconds between bookmarks. */
const BOOKMARK_PERIOD = 60_000;
/** Seconds after which a watch is ended that named no time of its own: between half an hour and an hour. */
const DEFAULT_TIMEOUT = 2700;
/** A bookmark comes this long before the end, so that the client can go on without a list. */
const LAST_BOOKMARK = 2000;

/** What a watch is about. */
export interface WatchParts {
  readonly selection: Selection;
  readonly options: ListOptions;
  readonly sink: ResponseSink;
  readonly events: EventWriter;
}

/** One watch under way: what is there already where that was asked for, then every change. */
export class WatchStream {
  readonly #server: ServerParts;
  readonly #request: ResourceRequest;
  readonly #parts: WatchParts;
  readonly #events: EventWriter;
  readonly #stops: Cancel[] = [];
  /** Revision of the last change that was looked at. */
  #seen: number;
  #ended = false;

  constructor(server: ServerParts, request: ResourceRequest, parts: WatchParts) {
    this.#server = server;
    this.#request = request;
    this.#parts = parts;
    this.#events = parts.events;
    this.#seen = server.store.revision;
  }

  /** Returns how to stop. */
  start(): () => void {
    const { history } = this.#server;
    const missed = this.#missed();
    if (missed === 'too old') {
      this.#send(this.#events.error(this.#tooOld()));
      this.#end();
      return () => {};
    }
    for (const event of missed) this.#tell(event);
    this.#stops.push(history.subscribe(storedResource(this.#request.kind), (event) => this.#tell(event)));
    this.#startTimers();
    return () => this.#stop();
  }

  /** What happened since the revision that the client has; without one, everything that is there is new to it. */
  #missed(): readonly StoreEvent[] | 'too old' {
    const { history, collections } = this.#server;
    const { resourceVersion = 0, sendInitialEvents } = this.#parts.options;
    const { kind } = this.#request;
    if (sendInitialEvents === true || (resourceVersion === 0 && sendInitialEvents === undefined)) {
      for (const object of collections.now(kind).objects) this.#tellAdded(object);
      if (sendInitialEvents === true) this.#bookmark(true);
      return [];
    }
    return resourceVersion === 0 ? [] : (history.since(storedResource(kind), resourceVersion) ?? 'too old');
  }

  #tellAdded(object: KubeObject): void {
    if (this.#parts.selection.matches(this.#served(object)))
      this.#send(this.#events.event('ADDED', this.#served(object)));
  }

  /** A change as this client sees it: an object that comes into its selection is added, one that leaves it deleted. */
  #tell({ type, object, previous, revision }: StoreEvent): void {
    this.#seen = revision;
    const { selection } = this.#parts;
    const now = this.#served(object);
    const was = type !== 'ADDED' && previous !== undefined && selection.matches(this.#served(previous));
    const is = type !== 'DELETED' && selection.matches(now);
    if (is) this.#send(this.#events.event(was ? 'MODIFIED' : 'ADDED', now));
    else if (was) this.#send(this.#events.event('DELETED', this.#leaving(previous as KubeObject, object)));
  }

  /** What is told of an object that leaves: its last state that matched, under the revision of the change. */
  #leaving(previous: KubeObject, { metadata }: KubeObject): KubeObject {
    const { resourceVersion } = metadata;
    return this.#served({ ...previous, metadata: { ...previous.metadata, resourceVersion } } as KubeObject);
  }

  #served(object: KubeObject): KubeObject {
    return served(this.#request.kind, object);
  }

  #startTimers(): void {
    const { clock } = this.#server;
    const { timeoutSeconds, allowWatchBookmarks } = this.#parts.options;
    const end = (timeoutSeconds === undefined || timeoutSeconds <= 0 ? DEFAULT_TIMEOUT : timeoutSeconds) * 1000;
    this.#stops.push(clock.afterRequest(end, () => this.#end()));
    if (!allowWatchBookmarks) return;
    if (end > LAST_BOOKMARK) this.#stops.push(clock.afterRequest(end - LAST_BOOKMARK, () => this.#bookmark()));
    const again = () => {
      this.#bookmark();
      this.#stops[0] = clock.afterRequest(BOOKMARK_PERIOD, again);
    };
    this.#stops.unshift(clock.afterRequest(BOOKMARK_PERIOD, again));
  }

  #bookmark(initialEventsEnd = false): void {
    this.#seen = Math.max(this.#seen, this.#server.store.revision);
    this.#send(this.#events.bookmark(this.#seen, initialEventsEnd));
  }

  #tooOld() {
    const { resourceVersion } = this.#parts.options;
    return newResourceExpired(`too old resource version: ${resourceVersion} (${this.#server.history.oldest})`);
  }

  #send(line: string): void {
    if (!this.#ended) this.#parts.sink.write(line);
  }

  #end(): void {
    if (this.#ended) return;
    this.#stop();
    this.#parts.sink.end();
  }

  #stop(): void {
    this.#ended = true;
    for (const stop of this.#stops.splice(0)) stop();
  }
}

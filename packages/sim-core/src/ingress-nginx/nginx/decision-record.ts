import type { Reason } from './answer.ts';
import type { Location, NginxConfiguration, Server, Upstream } from './configuration.ts';
import type { Origin, Via } from './edge-request.ts';

/** Why this server answers: an exact name, a wildcard, an alias, or nobody claims the host. */
export type ServerMatch = 'exact' | 'wildcard' | 'regex' | 'default';

/** Why this location: nginx's order is exact, then longest prefix, then (in regex mode) the first regex. */
export type LocationMatch = 'exact' | 'prefix' | 'regex';

/**
 * What decided between the main upstream and its canary, in the order in which the balancer asks
 * (rootfs/etc/nginx/lua/balancer.lua, route_to_alternative_balancer). `none`: there is no canary.
 */
export type CanaryDecision =
  | 'none'
  | 'no-alternative'
  /** A session cookie keeps the client where it was. */
  | 'affinity'
  | 'header-value'
  | 'header-pattern'
  | 'header-pattern-error'
  | 'header'
  | 'cookie'
  | 'weight';

/**
 * What every phase decided about one request. A slot of the ring, written when the request ends and used again later:
 * read it at once, or not at all. Strings and objects are references, nothing was copied or formatted.
 */
export interface DecisionRecord {
  /** Monotonic over the cluster's life, from 1. 0: the slot was never used. */
  id: number;
  /** Request time in milliseconds since the epoch. */
  startedAt: number;
  /** Milliseconds. */
  duration: number;
  origin: Origin;
  via: Via | undefined;
  /** Name of the controller pod that served it. */
  controllerPod: string;
  /** Snapshot that decided; immutable. */
  configuration: NginxConfiguration | undefined;
  method: string;
  url: string;
  /** Headers of the request as the client sent them, flat. */
  headers: readonly string[];
  scheme: 'http' | 'https';
  httpVersion: string;
  /** `$host`: lower case, without port. */
  host: string;
  clientAddress: string;
  /** `$uri`. */
  path: string;
  server: Server | undefined;
  serverMatch: ServerMatch;
  location: Location | undefined;
  locationMatch: LocationMatch;
  /** Upstream of the location. */
  primary: Upstream | undefined;
  /** Upstream that was chosen. */
  upstream: Upstream | undefined;
  canary: CanaryDecision;
  toCanary: boolean;
  /** Value of the canary header or cookie that was seen. */
  canaryInput: string | undefined;
  /** 1 to `drawTotal`; 0 when nothing was drawn. */
  draw: number;
  drawTotal: number;
  weight: number;
  /** Address of the pod that was asked last; '' when none was. */
  endpoint: string;
  endpointPort: number;
  /** `namespace/name`, where known. */
  pod: string | undefined;
  tries: number;
  /** Addresses, statuses and milliseconds of each try, as `$upstream_addr` and its sisters print them; set on retries only. */
  attempts: readonly Attempt[] | undefined;
  status: number;
  /** Status that the pod gave; 0 when none did. */
  upstreamStatus: number;
  /** Milliseconds. */
  upstreamTime: number;
  /** What nginx's error log says of the try that came to nothing last; '' for nothing. */
  upstreamError: string;
  bytesSent: number;
  /** Value of the Location header that the proxy sent. */
  redirectTo: string | undefined;
  /** Session cookie that the answer set, as its header says it. */
  setCookie: string | undefined;
  /** Status for which the error backend answered (custom-http-errors); 0 for none. */
  errorCode: number;
  reason: Reason | undefined;
}

/** One try to reach a pod. */
export interface Attempt {
  readonly endpoint: string;
  readonly pod: string | undefined;
  readonly status: number;
  /** Milliseconds. */
  readonly time: number;
  readonly failure: Reason | undefined;
}

const NO_HEADERS: readonly string[] = Object.freeze([]);

/** A slot that was never used. */
export function emptyRecord(): DecisionRecord {
  return {
    id: 0,
    startedAt: 0,
    duration: 0,
    origin: 'client',
    via: undefined,
    controllerPod: '',
    configuration: undefined,
    method: '',
    url: '',
    headers: NO_HEADERS,
    scheme: 'http',
    httpVersion: '',
    host: '',
    clientAddress: '',
    path: '',
    server: undefined,
    serverMatch: 'default',
    location: undefined,
    locationMatch: 'prefix',
    primary: undefined,
    upstream: undefined,
    canary: 'none',
    toCanary: false,
    canaryInput: undefined,
    draw: 0,
    drawTotal: 0,
    weight: 0,
    endpoint: '',
    endpointPort: 0,
    pod: undefined,
    tries: 0,
    attempts: undefined,
    status: 0,
    upstreamStatus: 0,
    upstreamTime: 0,
    upstreamError: '',
    bytesSent: 0,
    redirectTo: undefined,
    setCookie: undefined,
    errorCode: 0,
    reason: undefined,
  };
}

/** The ring of decision records, one for all controller replicas of a cluster. */
export class DecisionRecords {
  readonly #slots: DecisionRecord[];
  /** Takes what ends so late that newer requests hold its slot already. */
  readonly #late = emptyRecord();
  #lastId = 0;
  #written = 0;
  readonly #readers = new Set<(record: DecisionRecord) => void>();

  /** @param capacity how many of the newest requests are remembered */
  constructor(capacity = 5000) {
    this.#slots = Array.from({ length: capacity }, emptyRecord);
  }

  get capacity(): number {
    return this.#slots.length;
  }

  /** Ids given out so far: the newest request's id. */
  get lastId(): number {
    return this.#lastId;
  }

  /** Id for a request that begins. */
  nextId(): number {
    return ++this.#lastId;
  }

  /** The slot of a request that ends, to be filled by the caller. */
  slot(id: number): DecisionRecord {
    this.#written++;
    const slot = this.#slots[id % this.#slots.length] as DecisionRecord;
    const free = slot.id > id ? this.#late : slot;
    free.id = id;
    return free;
  }

  /** The slot is filled: tells whoever reads along. */
  written(slot: DecisionRecord): void {
    for (const reader of this.#readers) reader(slot);
  }

  /** Calls `reader` for every request that ends, on the hot path: it must be quick and keep nothing. Returns how to stop. */
  onWritten(reader: (record: DecisionRecord) => void): () => void {
    this.#readers.add(reader);
    return () => this.#readers.delete(reader);
  }

  /** How many requests have ended. */
  get finished(): number {
    return this.#written;
  }

  /** 'evicted': newer requests took its place. Undefined: never seen, or still under way. */
  get(id: number): DecisionRecord | 'evicted' | undefined {
    if (!Number.isInteger(id) || id < 1 || id > this.#lastId) return undefined;
    const slot = this.#slots[id % this.#slots.length] as DecisionRecord;
    if (slot.id === id) return slot;
    return slot.id > id || this.#lastId - id >= this.#slots.length ? 'evicted' : undefined;
  }

  /** The newest finished requests, newest first; `matches` chooses. */
  newest(count: number, matches: (record: DecisionRecord) => boolean = () => true): DecisionRecord[] {
    const found: DecisionRecord[] = [];
    const oldest = Math.max(1, this.#lastId - this.#slots.length + 1);
    for (let id = this.#lastId; id >= oldest && found.length < count; id--) {
      const slot = this.#slots[id % this.#slots.length] as DecisionRecord;
      if (slot.id === id && matches(slot)) found.push(slot);
    }
    return found;
  }
}

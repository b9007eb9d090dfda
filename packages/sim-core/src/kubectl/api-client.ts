import type { KubectlConnection, KubectlRequest, KubectlStream } from './connection.ts';
import type { JsonObject } from './json.ts';
import type { ApiResource } from './resources.ts';
import { serverError } from './server-error.ts';

const JSON_TYPE = 'application/json';
/** The kinds of patches that the API server takes. */
export const PATCH_TYPES = Object.freeze({
  strategic: 'application/strategic-merge-patch+json',
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
});
export const TABLE =
  'application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json';

/** Query parameters; empty ones are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** Where an object is. */
export interface ObjectPlace {
  readonly resource: ApiResource;
  readonly namespace: string;
  readonly name?: string;
  readonly subresource?: string;
}

/** The URL path of an object or a list. @param namespace '' for all of them */
export function pathOf({ resource, namespace, name, subresource }: ObjectPlace, query: Query = {}): string {
  const root = resource.group === '' ? '/api' : `/apis/${resource.group}`;
  const place = resource.namespaced && namespace !== '' ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  const own = name === undefined ? '' : `/${encodeURIComponent(name)}`;
  const part = subresource === undefined ? '' : `/${subresource}`;
  return `${root}/${resource.version}${place}/${resource.name}${own}${part}${queryText(query)}`;
}

function queryText(query: Query): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== '' && value !== false);
  const encoded = pairs.map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`);
  return encoded.length === 0 ? '' : `?${encoded.join('&')}`;
}

/** Requests with JSON in and out; every refusal is thrown as a ServerError. */
export class ApiClient {
  readonly #connection: KubectlConnection;
  readonly #warn: (warning: string) => void;

  /** @param warn told of every Warning header */
  constructor(connection: KubectlConnection, warn: (warning: string) => void) {
    this.#connection = connection;
    this.#warn = warn;
  }

  get(place: ObjectPlace, query: Query = {}, accept = JSON_TYPE): Promise<JsonObject> {
    return this.send({ method: 'GET', path: pathOf(place, query), headers: { accept } });
  }

  create(place: ObjectPlace, body: JsonObject, query: Query = {}): Promise<JsonObject> {
    return this.#write('POST', pathOf(place, query), body, JSON_TYPE);
  }

  replace(place: ObjectPlace, body: JsonObject, query: Query = {}): Promise<JsonObject> {
    return this.#write('PUT', pathOf(place, query), body, JSON_TYPE);
  }

  patch(place: ObjectPlace, type: keyof typeof PATCH_TYPES, body: unknown, query: Query = {}): Promise<JsonObject> {
    return this.#write('PATCH', pathOf(place, query), body, PATCH_TYPES[type]);
  }

  /** Server-side apply; JSON is YAML too. */
  applyPatch(place: ObjectPlace, body: JsonObject, query: Query): Promise<JsonObject> {
    return this.#write('PATCH', pathOf(place, query), body, 'application/apply-patch+yaml');
  }

  delete(place: ObjectPlace, options: JsonObject, query: Query = {}): Promise<JsonObject> {
    return this.#write('DELETE', pathOf(place, query), options, JSON_TYPE);
  }

  /** The answer's JSON. */
  async send(request: KubectlRequest): Promise<JsonObject> {
    return JSON.parse(await this.text(request)) as JsonObject;
  }

  /** The answer's text. */
  async text(request: KubectlRequest): Promise<string> {
    const answer = await this.#connection.request({ ...request, headers: { accept: JSON_TYPE, ...request.headers } });
    for (const warning of answer.warnings) this.#warn(warning);
    if (answer.status < 200 || answer.status > 299) throw serverError(answer);
    return answer.body;
  }

  /** An answer in pieces. */
  async stream(request: KubectlRequest, onText: (text: string) => void): Promise<KubectlStream> {
    const stream = await this.#connection.stream(request, onText);
    if (stream.answer.status < 200 || stream.answer.status > 299) throw serverError(stream.answer);
    return stream;
  }

  /** Calls back with every event until it returns true, or the server ends the watch. */
  async watch(
    place: ObjectPlace,
    query: Query,
    accept: string,
    onEvent: (type: string, object: JsonObject) => boolean,
  ): Promise<void> {
    let rest = '';
    let over = false;
    let stop = () => {};
    const onText = (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (over || line === '') continue;
        const { type, object } = JSON.parse(line) as { type: string; object: JsonObject };
        over = onEvent(type, object);
        if (over) stop();
      }
    };
    const path = pathOf(place, { ...query, watch: true });
    const stream = await this.stream({ method: 'GET', path, headers: { accept } }, onText);
    stop = () => stream.stop();
    if (over) stop();
    await stream.ended;
  }

  #write(method: string, path: string, body: unknown, type: string): Promise<JsonObject> {
    return this.send({ method, path, headers: { 'content-type': type }, body: JSON.stringify(body) });
  }
}

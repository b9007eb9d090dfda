import type { ApiClient } from './api-client.ts';
import { type JsonObject, object, objects, text, texts } from './json.ts';
import { failure } from './kubectl-error.ts';

/** A resource as discovery tells it. */
export interface ApiResource {
  readonly group: string;
  readonly version: string;
  /** Plural. */
  readonly name: string;
  readonly singular: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly verbs: readonly string[];
}

const AGGREGATED =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json';

/** Every resource that the server knows, in the order of its groups and versions. */
export async function discoverResources(client: ApiClient): Promise<ApiResource[]> {
  const lists = await Promise.all(
    ['/api', '/apis'].map((path) =>
      client.send({ method: 'GET', path: `${path}?timeout=32s`, headers: { accept: AGGREGATED } }),
    ),
  );
  return lists.flatMap((list) => objects(list, 'items').flatMap(groupResources));
}

function groupResources(group: JsonObject): ApiResource[] {
  return objects(group, 'versions').flatMap((version) =>
    objects(version, 'resources').map((resource) => ({
      group: text(group, 'metadata', 'name'),
      version: text(version, 'version'),
      name: text(resource, 'resource'),
      singular: text(resource, 'singularResource'),
      kind: text(object(resource, 'responseKind'), 'kind'),
      namespaced: text(resource, 'scope') === 'Namespaced',
      shortNames: texts(resource, 'shortNames'),
      categories: texts(resource, 'categories'),
      verbs: texts(resource, 'verbs'),
    })),
  );
}

/** `deployment.apps`, `pod`: how kubectl names the kind of one object in its lines. */
export function singularName({ singular, kind, group }: ApiResource): string {
  const name = singular === '' ? kind.toLowerCase() : singular;
  return group === '' ? name : `${name}.${group}`;
}

/** `deployments.apps`, `pods`. */
export function groupResource({ name, group }: ApiResource): string {
  return group === '' ? name : `${name}.${group}`;
}

/** `apps/v1`, `v1`. */
export function apiVersionOf({ group, version }: ApiResource): string {
  return group === '' ? version : `${group}/${version}`;
}

/** The resources of the server by the words that people type. */
export class ResourceMapper {
  readonly resources: readonly ApiResource[];

  constructor(resources: readonly ApiResource[]) {
    this.resources = resources;
  }

  /** `pods`, `po`, `deployment.apps`, `deployments.v1.apps`; undefined when there is none. */
  find(word: string): ApiResource | undefined {
    const [name = '', ...rest] = word.toLowerCase().split('.');
    const group = rest.join('.');
    const named = this.resources.filter((each) => isNamed(each, name));
    if (rest.length === 0) return named[0];
    return named.find(
      (each) => each.group === group || `${each.version}.${each.group}` === group || each.version === group,
    );
  }

  /** @throws KubectlError in kubectl's words */
  expect(word: string): ApiResource {
    const found = this.find(word);
    if (found === undefined) throw failure(`the server doesn't have a resource type "${word}"`);
    return found;
  }

  /** Resources of a category such as `all`. */
  category(word: string): ApiResource[] {
    return this.resources.filter(
      (each, i, all) =>
        each.categories.includes(word) &&
        each.verbs.includes('list') &&
        all.findIndex((other) => other.name === each.name && other.group === each.group) === i,
    );
  }

  /** The resource of an object's apiVersion and kind. */
  ofKind(apiVersion: string, kind: string): ApiResource | undefined {
    return this.resources.find((each) => apiVersionOf(each) === apiVersion && each.kind === kind);
  }
}

function isNamed({ name, singular, kind, shortNames }: ApiResource, word: string): boolean {
  return name === word || singular === word || kind.toLowerCase() === word || shortNames.includes(word);
}

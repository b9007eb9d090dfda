import { isFields } from '../../manifest/document.ts';
import type { Target } from '../target/target.ts';

/** Content type of a patch that says what changes (RFC 7386). */
export const MERGE_PATCH = 'application/merge-patch+json';

/** Where objects of a kind are in the API. */
export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  /** Plural, as paths have it. */
  readonly name: string;
  readonly namespaced: boolean;
}

/** What the API server knows, asked for one version of a group at a time and remembered. */
export class Discovery {
  readonly #target: Target;
  readonly #known = new Map<string, Promise<readonly Resource[]>>();

  constructor(target: Target) {
    this.#target = target;
  }

  /** The resource of a kind; undefined when the server does not know it. */
  async find(apiVersion: string, kind: string): Promise<Resource | undefined> {
    const found = (await this.#resources(apiVersion)).find((each) => each.kind === kind);
    // A CustomResourceDefinition may come later.
    if (found === undefined) this.#known.delete(apiVersion);
    return found;
  }

  #resources(apiVersion: string): Promise<readonly Resource[]> {
    const known = this.#known.get(apiVersion) ?? this.#ask(apiVersion);
    this.#known.set(apiVersion, known);
    return known;
  }

  async #ask(apiVersion: string): Promise<readonly Resource[]> {
    const { status, body } = await this.#target.kubernetes('GET', groupPath(apiVersion));
    const list = isFields(body) ? body['resources'] : undefined;
    if (status !== 200 || !Array.isArray(list)) return [];
    return list.flatMap((each: unknown): Resource[] => {
      if (!isFields(each)) return [];
      const { name, kind, namespaced } = each;
      if (typeof name !== 'string' || typeof kind !== 'string' || name.includes('/')) return [];
      return [{ apiVersion, kind, name, namespaced: namespaced === true }];
    });
  }
}

/** `/api/v1`, `/apis/apps/v1`. */
function groupPath(apiVersion: string): string {
  const parts = apiVersion.split('/').map(encodeURIComponent);
  return parts.length === 1 ? `/api/${parts[0]}` : `/apis/${parts.join('/')}`;
}

/** Path of an object, or of a list without a name. @param namespace '' for all of them */
export function pathOf({ apiVersion, name, namespaced }: Resource, namespace: string, object?: string): string {
  const place = namespaced && namespace !== '' ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  const own = object === undefined ? '' : `/${encodeURIComponent(object)}`;
  return `${groupPath(apiVersion)}${place}/${name}${own}`;
}

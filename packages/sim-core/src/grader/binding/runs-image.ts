import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { isFields } from '../../manifest/document.ts';

/** Images of the containers of a pod, or of the pods that a workload makes. */
export function imagesOf({ spec }: KubeObject & { readonly spec?: unknown }): string[] {
  const template = isFields(spec) && isFields(spec['template']) ? spec['template']['spec'] : spec;
  const containers = isFields(template) && Array.isArray(template['containers']) ? template['containers'] : [];
  return containers.flatMap((each: unknown) =>
    isFields(each) && typeof each['image'] === 'string' ? [each['image']] : [],
  );
}

/** Name of an image without registry, account, tag and digest: what it is, in whatever version. */
export function nameOfImage(image: string): string {
  return image.replace(/@.*$/, '').replace(/^.*\//, '').replace(/:.*$/, '');
}

/**
 * Whether an image is the one that is meant: `netflix-frontend` or `netflix-frontend:0.9.0`, in whatever registry and under
 * whatever account it lies.
 */
export function isImage(image: string, wanted: string): boolean {
  const [name = '', tag = 'latest'] = image.replace(/@.*$/, '').replace(/^.*\//, '').split(':');
  const [wantedName, wantedTag] = wanted.replace(/^.*\//, '').split(':');
  return name === wantedName && (wantedTag === undefined || tag === wantedTag);
}

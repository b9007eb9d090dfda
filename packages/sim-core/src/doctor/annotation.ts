import type { Ingress } from '../api/networking-v1/ingress.ts';
import { ANNOTATION_PREFIX } from '../ingress-nginx/annotations/define-annotation.ts';

/** Field path of an annotation of the controller; `name` without prefix. */
export function annotationField(name: string): string {
  return `metadata.annotations[${ANNOTATION_PREFIX}${name}]`;
}

/** Value of an annotation of the controller as it was written; `name` without prefix. */
export function annotationOf({ metadata }: Ingress, name: string): string | undefined {
  return metadata.annotations?.[ANNOTATION_PREFIX + name];
}

/** Names of an Ingress's annotations of the controller, without prefix. */
export function annotationNames({ metadata }: Ingress): string[] {
  const names = Object.keys(metadata.annotations ?? {});
  return names.filter((name) => name.startsWith(ANNOTATION_PREFIX)).map((name) => name.slice(ANNOTATION_PREFIX.length));
}

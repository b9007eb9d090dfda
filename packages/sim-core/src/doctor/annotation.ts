import type { Ingress } from '../api/networking-v1/ingress.ts';
import { ANNOTATION_PREFIX } from '../ingress-nginx/annotations/define-annotation.ts';
import type { World } from './world.ts';

/** What annotations of the running controller begin with (--annotations-prefix), with the slash. */
export function annotationPrefix({ replicas }: Pick<World, 'replicas'>): string {
  for (const { flags } of replicas.values()) return `${flags.annotationsPrefix}/`;
  return ANNOTATION_PREFIX;
}

/** Field path of an annotation of the controller; `name` without prefix. */
export function annotationField(name: string, world: Pick<World, 'replicas'>): string {
  return `metadata.annotations[${annotationPrefix(world)}${name}]`;
}

/** Value of an annotation of the controller as it was written; `name` without prefix. */
export function annotationOf({ metadata }: Ingress, name: string, world: Pick<World, 'replicas'>): string | undefined {
  return metadata.annotations?.[annotationPrefix(world) + name];
}

/** Names of an Ingress's annotations of the controller, without prefix. */
export function annotationNames({ metadata }: Ingress, world: Pick<World, 'replicas'>): string[] {
  const names = Object.keys(metadata.annotations ?? {});
  const prefix = annotationPrefix(world);
  return names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
}

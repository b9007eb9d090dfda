import type { Ingress } from '../api/networking-v1/ingress.ts';
import { parseBool } from '../ingress-nginx/annotations/parsers.ts';
import { annotationOf } from './annotation.ts';
import { servedIngresses } from './controllers.ts';
import type { World } from './world.ts';

/** Whether ingress-nginx takes an Ingress for a canary: Go's idea of true. */
export function isCanary(ingress: Ingress, world: World): boolean {
  const value = annotationOf(ingress, 'canary', world);
  return value !== undefined && parseBool(value) === true;
}

/** Ingresses that a replica serves and that are no canaries. */
export function mainIngresses(world: World): Ingress[] {
  return servedIngresses(world).filter((each) => !isCanary(each, world));
}

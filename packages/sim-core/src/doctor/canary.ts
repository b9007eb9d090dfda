import type { Ingress } from '../api/networking-v1/ingress.ts';
import { parseBool } from '../ingress-nginx/annotations/parsers.ts';
import { annotationOf } from './annotation.ts';
import type { World } from './world.ts';

/** Whether ingress-nginx takes an Ingress for a canary: Go's idea of true. */
export function isCanary(ingress: Ingress, world: World): boolean {
  const value = annotationOf(ingress, 'canary', world);
  return value !== undefined && parseBool(value) === true;
}

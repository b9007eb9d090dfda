import type { Ingress } from '../api/networking-v1/ingress.ts';
import { parseBool } from '../ingress-nginx/annotations/parsers.ts';
import { annotationOf } from './annotation.ts';

/** Whether ingress-nginx takes an Ingress for a canary: Go's idea of true. */
export function isCanary(ingress: Ingress): boolean {
  const value = annotationOf(ingress, 'canary');
  return value !== undefined && parseBool(value) === true;
}

import { defineAnnotation } from '../define-annotation.ts';

/** One origin: scheme, host with at most a wildcard in front, port. */
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/(\*\.)?[A-Za-z0-9\-.]*(:\d+)?$|^\*$/;

/** Origins that are none are left out; `*` makes the others needless. */
function parseOrigins(value: string): string[] {
  const origins = value.split(',').map((origin) => origin.trim());
  return origins.includes('*') ? ['*'] : origins.filter((origin) => ORIGIN.test(origin));
}

export const corsAllowOrigin = defineAnnotation({
  name: 'cors-allow-origin',
  summary: 'Origins that may ask, separated by commas; * is one label, or anybody.',
  default: '*',
  example: 'https://*.shop.test',
  scope: 'ingress',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/cors/main.go',
  onInvalid: 'default',
  parse: parseOrigins,
  apply: (value, directives) => {
    directives.cors.allowOrigin = value;
  },
});

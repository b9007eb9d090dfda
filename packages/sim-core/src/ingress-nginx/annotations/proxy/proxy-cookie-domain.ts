import { defineAnnotation, InvalidValue } from '../define-annotation.ts';

/** `off`, or a domain and what takes its place. */
const DOMAINS = /^(?:off|[A-Za-z0-9\-._~/:]+ [A-Za-z0-9\-._~/:]+)$/;

export const proxyCookieDomain = defineAnnotation({
  name: 'proxy-cookie-domain',
  summary: 'Domain of the pod’s cookies that is replaced, and by what; off for none.',
  default: 'off',
  example: 'web.internal shop.test',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/proxy/main.go',
  onInvalid: 'default',
  parse: (value) => {
    const text = value.trim();
    return DOMAINS.test(text) ? text : new InvalidValue('annotation contains invalid value');
  },
  apply: (value, directives) => {
    directives.location.proxyCookieDomain = value;
  },
});

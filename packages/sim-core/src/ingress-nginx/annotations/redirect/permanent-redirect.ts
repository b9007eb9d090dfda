import { defineAnnotation } from '../define-annotation.ts';
import { parseUrl } from '../parsers.ts';

export const permanentRedirect = defineAnnotation({
  name: 'permanent-redirect',
  summary: 'URL to which everything is sent for good; path and query of the request are not appended.',
  default: '',
  example: 'https://new.test',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/redirect/main.go',
  onInvalid: 'drop',
  parse: parseUrl,
  apply: (value, directives) => {
    directives.redirect.permanent = value;
  },
});

import { defineAnnotation } from '../define-annotation.ts';
import { parseServiceUrl } from '../parsers/auth-request.ts';

export const authUrl = defineAnnotation({
  name: 'auth-url',
  summary: 'Service that is asked about every request: 2xx lets it through.',
  default: '',
  example: 'http://auth.default.svc.cluster.local/check',
  scope: 'location',
  risk: 'High',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/authreq/main.go',
  onInvalid: 'deny',
  parse: parseServiceUrl,
  apply: (value, directives) => {
    directives.authRequest.url = value;
  },
});

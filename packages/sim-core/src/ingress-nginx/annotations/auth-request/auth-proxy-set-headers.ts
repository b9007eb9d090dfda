import { defineAnnotation } from '../define-annotation.ts';
import { parseText } from '../parsers.ts';

export const authProxySetHeaders = defineAnnotation({
  name: 'auth-proxy-set-headers',
  summary: 'ConfigMap whose data are headers of the request to auth-url.',
  default: '',
  example: 'auth-headers',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/authreq/main.go',
  onInvalid: 'default',
  needs: 'auth-url',
  parse: parseText('basic'),
  apply: (value, directives) => {
    directives.authRequest.headersFrom = value;
  },
});

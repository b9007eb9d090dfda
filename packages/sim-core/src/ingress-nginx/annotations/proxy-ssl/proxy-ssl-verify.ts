import { defineAnnotation } from '../define-annotation.ts';
import { parseOption } from '../parsers.ts';

export const proxySslVerify = defineAnnotation({
  name: 'proxy-ssl-verify',
  summary: 'Whether the certificate of a pod must be good and for the name: on or off.',
  default: 'off',
  example: 'on',
  scope: 'ingress',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/proxyssl/main.go',
  onInvalid: 'default',
  needs: 'proxy-ssl-secret',
  parse: parseOption<'on' | 'off'>('on', 'off'),
  apply: (value, directives) => {
    directives.proxySsl.verify = value;
  },
});

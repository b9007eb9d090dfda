import { defineAnnotation } from '../define-annotation.ts';
import { parseOption } from '../parsers.ts';

export const proxySslServerName = defineAnnotation({
  name: 'proxy-ssl-server-name',
  summary: 'Whether the handshake with a pod names the server (SNI): on or off.',
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
    directives.proxySsl.serverName = value;
  },
});

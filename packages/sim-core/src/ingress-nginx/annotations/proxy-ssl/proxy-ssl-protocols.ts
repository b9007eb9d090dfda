import { defineAnnotation } from '../define-annotation.ts';
import { parseMatch } from '../parsers.ts';

export const proxySslProtocols = defineAnnotation({
  name: 'proxy-ssl-protocols',
  summary: 'Versions of TLS for handshakes with pods.',
  default: 'TLSv1.2',
  example: 'TLSv1.2 TLSv1.3',
  scope: 'ingress',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/proxyssl/main.go',
  onInvalid: 'default',
  needs: 'proxy-ssl-secret',
  parse: parseMatch(/^(SSLv2|SSLv3|TLSv1|TLSv1\.1|TLSv1\.2|TLSv1\.3| )*$/),
  apply: (value, directives) => {
    directives.proxySsl.protocols = sorted(value);
  },
});

/** In the order of their letters (sortProtocols); blanks between them may be left out, then nothing of them is known. */
function sorted(value: string): string {
  return value
    .split(' ')
    .filter((word) => word !== '')
    .sort()
    .join(' ');
}

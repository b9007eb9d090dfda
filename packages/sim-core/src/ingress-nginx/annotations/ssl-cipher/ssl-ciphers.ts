import { defineAnnotation, InvalidValue } from '../define-annotation.ts';

const CIPHERS = /^([A-Za-z0-9!:+\-_]|@STRENGTH|@SECLEVEL=[0-5])*$/;

export const sslCiphers = defineAnnotation({
  name: 'ssl-ciphers',
  summary:
    'Ciphers of TLS 1.2 for the whole host, as OpenSSL names them; the first Ingress of the host that says some decides.',
  default: '',
  example: 'ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384',
  scope: 'ingress',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/sslcipher/main.go',
  onInvalid: 'drop',
  parse: (value) =>
    CIPHERS.test(value.replaceAll(' ', '')) ? value.trim() : new InvalidValue('annotation contains invalid value'),
  apply: (value, directives) => {
    directives.sslCiphers = value;
  },
});

import { defineAnnotation, InvalidValue } from '../define-annotation.ts';

const PAGE = /^(@[A-Za-z0-9_-]+|((https?:\/\/)?[A-Za-z0-9\-.]+(:\d+)?)?(\/[A-Za-z0-9\-_.]+)*\/?)$/;

export const authTlsErrorPage = defineAnnotation({
  name: 'auth-tls-error-page',
  summary: 'Where clients are sent whose certificate is missing or wrong: a URL, or a path of the host.',
  default: '',
  example: 'https://app.test/error',
  scope: 'location',
  risk: 'High',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/authtls/main.go',
  onInvalid: 'drop',
  needs: 'auth-tls-secret',
  parse: (value) =>
    PAGE.test(value.replaceAll(' ', '')) ? value.trim() : new InvalidValue('annotation contains invalid value'),
  apply: (value, directives) => {
    directives.authTls.errorPage = value;
  },
});

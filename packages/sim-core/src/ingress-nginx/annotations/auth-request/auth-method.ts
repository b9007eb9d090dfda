import { defineAnnotation, InvalidValue } from '../define-annotation.ts';

export const authMethod = defineAnnotation({
  name: 'auth-method',
  summary: 'Method of the request to auth-url.',
  default: 'GET',
  example: 'POST',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/authreq/main.go',
  onInvalid: 'default',
  parse: (value) =>
    /^(GET|HEAD|POST|PUT|PATCH|DELETE|CONNECT|OPTIONS|TRACE)$/.test(value)
      ? value
      : new InvalidValue('invalid HTTP method'),
  apply: (value, directives) => {
    directives.authRequest.method = value;
  },
});

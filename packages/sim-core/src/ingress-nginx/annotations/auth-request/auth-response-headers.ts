import { defineAnnotation, InvalidValue } from '../define-annotation.ts';
import { splitList } from '../parsers/auth-request.ts';
import { parseText } from '../parsers.ts';

const CHARACTERS = parseText('headers');

export const authResponseHeaders = defineAnnotation({
  name: 'auth-response-headers',
  summary: 'Headers of the answer of auth-url that the pod gets.',
  default: '',
  example: 'X-User, X-Groups',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/authreq/main.go',
  onInvalid: 'deny',
  needs: 'auth-url',
  parse: (value) => {
    const text = CHARACTERS(value);
    return text instanceof InvalidValue ? text : splitList(text);
  },
  apply: (value, directives) => {
    directives.authRequest.responseHeaders = value;
  },
});

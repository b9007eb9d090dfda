import { defineAnnotation, InvalidValue } from './define-annotation.ts';
import { parseText } from './parsers.ts';

export const appRoot = defineAnnotation({
  name: 'app-root',
  summary: 'Path to which requests for the root are sent.',
  default: '',
  example: '/login',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/rewrite/main.go',
  onInvalid: 'default',
  parse: (value) =>
    value.startsWith('/') ? parseText('capturePath')(value) : new InvalidValue('app-root only allows absolute paths'),
  apply: (value, directives) => {
    directives.appRoot = value;
  },
});

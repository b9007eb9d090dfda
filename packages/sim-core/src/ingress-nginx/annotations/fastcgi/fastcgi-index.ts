import { defineAnnotation } from '../define-annotation.ts';
import { parseMatch } from '../parsers.ts';

export const fastcgiIndex = defineAnnotation({
  name: 'fastcgi-index',
  summary: 'File that stands for a path with a slash at its end (backend-protocol FCGI).',
  default: '',
  example: 'index.php',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/fastcgi/main.go',
  onInvalid: 'drop',
  parse: parseMatch(/^[A-Za-z0-9.\-_]+$/),
  apply: (value, directives) => {
    directives.location.fastcgiIndex = value;
  },
});

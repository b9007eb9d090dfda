import { defineAnnotation } from './define-annotation.ts';
import { parseText } from './parsers.ts';

export const rewriteTarget = defineAnnotation({
  name: 'rewrite-target',
  summary:
    'Path that the pod gets instead of the one that matched; $1 and so on are what its groups caught. Makes regexes of all paths of the host.',
  default: '',
  example: '/$2',
  scope: 'ingress',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/rewrite/main.go',
  onInvalid: 'default',
  parse: parseText('capturePath'),
  apply: (value, directives) => {
    directives.rewriteTarget = value;
  },
});

import { defineAnnotation } from '../define-annotation.ts';
import { parseText } from '../parsers.ts';

export const mirrorHost = defineAnnotation({
  name: 'mirror-host',
  summary: 'Host header of the copy.',
  default: '',
  example: 'copy.test',
  scope: 'ingress',
  risk: 'High',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/mirror/main.go',
  onInvalid: 'default',
  parse: parseText('regex'),
  apply: (value, directives) => {
    directives.mirror.host = value;
  },
});

import { defineAnnotation } from '../define-annotation.ts';
import { parseMatch } from '../parsers.ts';

export const fastcgiParamsConfigmap = defineAnnotation({
  name: 'fastcgi-params-configmap',
  summary: 'ConfigMap of the same namespace whose data are FastCGI parameters (backend-protocol FCGI).',
  default: '',
  example: 'php-params',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/fastcgi/main.go',
  onInvalid: 'drop',
  parse: parseMatch(/^[A-Za-z0-9\-._~/:]*$/),
  apply: (value, directives) => {
    directives.fastcgiParamsFrom = value;
  },
});

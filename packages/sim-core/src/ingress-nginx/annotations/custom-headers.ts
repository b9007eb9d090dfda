import { defineAnnotation } from './define-annotation.ts';
import { parseText } from './parsers.ts';

export const customHeaders = defineAnnotation({
  name: 'custom-headers',
  summary: 'ConfigMap (namespace/name) with headers of every answer; each must be in global-allowed-response-headers.',
  default: '',
  example: 'default/headers',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/customheaders/main.go',
  onInvalid: 'default',
  parse: parseText('basic'),
  apply: (value, directives) => {
    directives.customHeaders = value;
  },
});

import { defineAnnotation } from './define-annotation.ts';
import { parseBool } from './parsers.ts';

export const useRegex = defineAnnotation({
  name: 'use-regex',
  summary: 'Reads the paths as regexes, anchored at their beginning, without regard to case; all paths of the host.',
  default: 'false',
  example: '"true"',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/rewrite/main.go',
  onInvalid: 'default',
  parse: parseBool,
  apply: (value, directives) => {
    directives.useRegex = value;
  },
});

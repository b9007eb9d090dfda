import { defineAnnotation } from '../define-annotation.ts';
import { parseRegex } from '../parsers.ts';

export const canaryByHeaderPattern = defineAnnotation({
  name: 'canary-by-header-pattern',
  summary:
    'PCRE that is searched for in the header; a match goes to the canary. Without effect beside canary-by-header-value.',
  default: '',
  example: '^beta-',
  scope: 'ingress',
  risk: 'Medium',
  fidelity: { partial: 'A pattern that looks around, refers back to groups or is possessive is refused.' },
  upstream: 'internal/ingress/annotations/canary/main.go',
  onInvalid: 'default',
  parse: parseRegex,
  apply: (value, directives) => {
    directives.policy.headerPattern = value;
  },
});

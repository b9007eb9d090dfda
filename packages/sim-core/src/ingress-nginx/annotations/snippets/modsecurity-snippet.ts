import { defineSnippet } from './define-snippet.ts';

export const modsecuritySnippet = defineSnippet('modsecurity-snippet', {
  summary: 'Rules of ModSecurity.',
  scope: 'ingress',
  upstream: 'internal/ingress/annotations/modsecurity/main.go',
});

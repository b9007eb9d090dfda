import { defineSnippet } from './define-snippet.ts';

export const configurationSnippet = defineSnippet('configuration-snippet', {
  summary: 'Lines of nginx.conf for the location.',
  scope: 'location',
  upstream: 'internal/ingress/annotations/snippet/main.go',
});

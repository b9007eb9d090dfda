import { defineSnippet } from './define-snippet.ts';

export const serverSnippet = defineSnippet('server-snippet', {
  summary: 'Lines of nginx.conf for the server.',
  scope: 'ingress',
  upstream: 'internal/ingress/annotations/serversnippet/main.go',
});

import { defineSnippet } from './define-snippet.ts';

export const streamSnippet = defineSnippet('stream-snippet', {
  summary: 'Lines of nginx.conf for TCP and UDP.',
  scope: 'ingress',
  upstream: 'internal/ingress/annotations/streamsnippet/main.go',
});

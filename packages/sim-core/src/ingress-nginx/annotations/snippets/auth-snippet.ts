import { defineSnippet } from './define-snippet.ts';

export const authSnippet = defineSnippet('auth-snippet', {
  summary: 'Lines of nginx.conf for the request to auth-url.',
  scope: 'location',
  upstream: 'internal/ingress/annotations/authreq/main.go',
});

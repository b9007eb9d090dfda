import { defineAnnotation, InvalidValue } from '../define-annotation.ts';

export const authSecretType = defineAnnotation({
  name: 'auth-secret-type',
  summary: 'What the Secret holds: auth-file (an htpasswd file under the key auth) or auth-map (a key for each name).',
  default: 'auth-file',
  example: 'auth-map',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/auth/main.go',
  onInvalid: 'default',
  parse: (value) =>
    value === 'auth-file' || value === 'auth-map' ? value : new InvalidValue('value does not match any valid option'),
  apply: (value, directives) => {
    directives.auth.secretType = value;
  },
});

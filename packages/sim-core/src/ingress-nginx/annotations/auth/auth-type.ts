import { defineAnnotation, InvalidValue } from '../define-annotation.ts';

export const authType = defineAnnotation({
  name: 'auth-type',
  summary: 'How clients prove who they are: basic or digest.',
  default: '',
  example: 'basic',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/auth/main.go',
  onInvalid: 'drop',
  parse: (value) => (value === 'basic' || value === 'digest' ? value : new InvalidValue('invalid authentication type')),
  apply: (value, directives) => {
    directives.auth.type = value;
  },
});

import { defineAnnotation, InvalidValue } from './define-annotation.ts';

export const connectionProxyHeader = defineAnnotation({
  name: 'connection-proxy-header',
  summary: 'Connection header that the pod gets, whatever the client asks for.',
  default: '',
  example: 'keep-alive',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/connection/main.go',
  onInvalid: 'default',
  parse: (value) =>
    /^(close|keep-alive)$/.test(value) ? value : new InvalidValue('value does not match any valid option'),
  apply: (value, directives) => {
    directives.location.connectionHeader = value;
  },
});

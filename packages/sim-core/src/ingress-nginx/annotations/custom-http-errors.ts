import { defineAnnotation, InvalidValue } from './define-annotation.ts';

export const customHttpErrors = defineAnnotation({
  name: 'custom-http-errors',
  summary: 'Statuses for which the default backend answers, whoever gave them.',
  default: '',
  example: '404,503',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/customhttperrors/main.go',
  onInvalid: 'drop',
  parse: (value) =>
    /^\d{3}(,\d{3})*$/.test(value.replaceAll(' ', ''))
      ? value.split(',').map(Number)
      : new InvalidValue('annotation contains invalid value'),
  apply: (value, directives) => {
    directives.location.customHttpErrors = value;
    directives.location.interceptErrors = value.length > 0;
  },
});

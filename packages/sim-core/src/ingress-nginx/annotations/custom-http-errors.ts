import { defineAnnotation, InvalidValue } from './define-annotation.ts';

/** Blanks pass the check of the characters, and make no number after that: then it is as if nothing were said. */
function parseStatuses(value: string): number[] | InvalidValue {
  if (!/^(?:[4,5]\d{2},?)*$/.test(value.replaceAll(' ', '')))
    return new InvalidValue('annotation contains invalid value');
  const statuses = value.trim().split(',');
  const wrong = statuses.find((status) => !/^\d+$/.test(status));
  if (wrong !== undefined)
    return new InvalidValue(`"${wrong}" is no number, so the whole list is passed over`, 'default');
  return statuses.map(Number);
}

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
  parse: parseStatuses,
  apply: (value, directives) => {
    directives.ownHttpErrors = true;
    directives.location.customHttpErrors = value;
  },
});

import { defineAnnotation, InvalidValue } from '../define-annotation.ts';

/**
 * Origins without blanks: schemes, hosts with at most a wildcard in front, ports, `null`, commas; or `*` alone (corsOriginRegexValidator,
 * put so that it needs no going back).
 */
const ORIGINS = /^(?:(?:[A-Za-z0-9\-.,]|\*\.|:\d+|(?<=[a-z]):\/\/)*|\*)$/;

/** One origin (corsOriginRegex). */
const ORIGIN = /^(?:[a-z]+:\/\/(?:\*\.)?[A-Za-z0-9\-.]*(?::\d+)?|null)$/;

/** Origins that are none are left out; `*` makes the others needless; nothing behind a last comma lets everybody in. */
function parseOrigins(value: string): string[] | InvalidValue {
  if (!ORIGINS.test(value.replaceAll(' ', ''))) return new InvalidValue('annotation contains invalid value');
  const origins = value.split(',').map((origin) => origin.trim());
  if (origins.includes('*')) return ['*'];
  return origins.filter((origin, i) => ORIGIN.test(origin) || (origin === '' && i === origins.length - 1));
}

export const corsAllowOrigin = defineAnnotation({
  name: 'cors-allow-origin',
  summary: 'Origins that may ask, separated by commas; * is one label, or anybody.',
  default: '*',
  example: 'https://*.shop.test',
  scope: 'ingress',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/cors/main.go',
  onInvalid: 'default',
  parse: parseOrigins,
  apply: (value, directives) => {
    directives.cors.allowOrigin = value;
  },
});

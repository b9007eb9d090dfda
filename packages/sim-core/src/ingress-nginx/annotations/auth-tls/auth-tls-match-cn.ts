import { compileGoRegexp } from '../../../apimachinery/regex/go-regexp.ts';
import { unsupportedIn } from '../../nginx/pcre.ts';
import { defineAnnotation, InvalidValue } from '../define-annotation.ts';

/** What follows is a regex for Go, and then one for nginx (annotations/parser, CommonNameAnnotationValidator). */
function parseCommonName(value: string): string | InvalidValue {
  const isRegex = value.startsWith('CN=') && compiles(value.slice('CN='.length)) && unsupportedIn(value) === undefined;
  return isRegex ? value.trim() : new InvalidValue('annotation contains invalid value');
}

function compiles(pattern: string): boolean {
  try {
    compileGoRegexp(pattern);
    return true;
  } catch {
    return false;
  }
}

export const authTlsMatchCn = defineAnnotation({
  name: 'auth-tls-match-cn',
  summary: 'Regex that the subject of the certificate must fit, beginning with CN=.',
  default: '',
  example: 'CN=(alice|bob)',
  scope: 'location',
  risk: 'High',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/authtls/main.go',
  onInvalid: 'drop',
  needs: 'auth-tls-secret',
  parse: parseCommonName,
  apply: (value, directives) => {
    directives.authTls.matchCn = value;
  },
});

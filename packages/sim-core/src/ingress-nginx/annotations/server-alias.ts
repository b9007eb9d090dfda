import { unsupportedIn } from '../nginx/pcre.ts';
import { defineAnnotation, InvalidValue } from './define-annotation.ts';

/** IsValidRegex (annotations/parser/validators.go, ValidateArrayOfServerName). */
const ALIAS = /^[A-Za-z0-9\-._~/:^$[\](){}*+?|&=\\]*$/;

export const serverAlias = defineAnnotation({
  name: 'server-alias',
  summary: 'Further names of the server, separated by commas; a name with a rule of its own is left out.',
  default: '',
  example: 'www.shop.test',
  scope: 'ingress',
  risk: 'High',
  fidelity: { partial: 'A regex that looks around, refers back to groups or is possessive is refused.' },
  upstream: 'internal/ingress/annotations/alias/main.go',
  onInvalid: 'drop',
  parse: (value) => {
    const aliases = value
      .split(',')
      .map((alias) => alias.trim())
      .filter((alias) => alias !== '');
    if (!aliases.every((alias) => ALIAS.test(alias))) return new InvalidValue('annotation contains invalid value');
    if (aliases.some((alias) => alias.startsWith('~') && unsupportedIn(alias.slice(1)) !== undefined))
      return new InvalidValue('annotation contains invalid value');
    return [...new Set(aliases)].sort();
  },
  apply: (value, directives) => {
    directives.serverAlias = value;
  },
});

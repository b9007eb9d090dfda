import type { Regex } from '../../apimachinery/regex/regex.ts';
import type { Rewrite } from './directives.ts';
import { compileExpression, type Expression } from './expression.ts';
import { compileConfRegex } from './pcre.ts';
import { toBytes } from './uri.ts';

/** A `rewrite` with its regex, ready made. */
export interface CompiledRewrite {
  readonly regex: Regex;
  readonly replacement: Expression;
  /** A replacement with a scheme is a redirect. */
  readonly redirects: boolean;
}

export function compileRewrite({ regex, replacement }: Rewrite): CompiledRewrite {
  return {
    regex: compileConfRegex(toBytes(regex)),
    replacement: compileExpression(toBytes(replacement)),
    redirects: /^(https?:\/\/|\$scheme)/.test(replacement),
  };
}

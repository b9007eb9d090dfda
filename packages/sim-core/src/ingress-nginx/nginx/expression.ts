import type { RequestContext } from './request-context.ts';
import { variableOf } from './variable-values.ts';

/** A text with variables, ready to be worked out for a request (ngx_http_script.c). */
export type Expression = (context: RequestContext) => string;

const VARIABLE = /\$(?:\{(\w+)\}|(\w+))/g;

/** Takes a text apart once. @throws Error in nginx's words for a variable that nobody knows */
export function compileExpression(text: string): Expression {
  return compile(text, variable);
}

/** The same in Lua, where a variable that nobody knows is empty (rootfs/etc/nginx/lua/util.lua, generate_var_value). */
export function compileLuaExpression(text: string): Expression {
  return compile(text, (name) => variableOf(name) ?? EMPTY);
}

const EMPTY: Expression = () => '';

/** Whether nginx knows every variable of a text. */
export function hasOnlyKnownVariables(text: string): boolean {
  return [...text.matchAll(VARIABLE)].every(
    ([, braced, plain]) => variableOf((braced ?? plain) as string) !== undefined,
  );
}

function compile(text: string, variableNamed: (name: string) => Expression): Expression {
  const parts: (string | Expression)[] = [];
  let end = 0;
  for (const match of text.matchAll(VARIABLE)) {
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push(variableNamed((match[1] ?? match[2]) as string));
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  const [only] = parts;
  if (parts.length === 1 && typeof only === 'string') return () => only;
  return (context) => parts.map((part) => (typeof part === 'string' ? part : part(context))).join('');
}

function variable(name: string): Expression {
  if (/^[0-9]$/.test(name)) return ({ captures }) => captures?.[Number(name)] ?? '';
  const value = variableOf(name);
  if (value === undefined) throw new Error(`nginx: [emerg] unknown "${name}" variable`);
  return value;
}

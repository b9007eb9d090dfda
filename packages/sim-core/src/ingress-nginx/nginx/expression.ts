import type { RequestContext } from './request-context.ts';
import { variableOf } from './variable-values.ts';

/** A text with variables, ready to be worked out for a request (ngx_http_script.c). */
export type Expression = (context: RequestContext) => string;

/** `${name}`, `$1` whatever follows, or `$name`. */
const VARIABLE = /\$(?:\{(\w+)\}|([1-9])|(\w+))/g;

/** Takes a text apart once. @throws Error in nginx's words for a variable that nobody knows, and for a `$` without a name */
export function compileExpression(text: string): Expression {
  const malformed = malformedVariable(text);
  if (malformed !== undefined) throw new Error(`nginx: [emerg] ${malformed}`);
  return compile(text, variable);
}

/** The same in Lua, where a variable that nobody knows is empty (rootfs/etc/nginx/lua/util.lua, generate_var_value). */
export function compileLuaExpression(text: string): Expression {
  return compile(text, (name) => variableOf(name) ?? EMPTY);
}

const EMPTY: Expression = () => '';

/** Whether nginx knows every variable of a text, and every `$` of it begins one. */
export function hasOnlyKnownVariables(text: string): boolean {
  if (malformedVariable(text) !== undefined) return false;
  return [...text.matchAll(VARIABLE)].every(([, braced, , plain]) => variableOf(braced ?? plain ?? '') !== undefined);
}

const DOLLAR = /\$(\{?)(\w*)(\}?)/g;

/** What nginx says of a `$` that begins no variable; undefined where there is none (ngx_http_script_compile). */
export function malformedVariable(text: string): string | undefined {
  for (const [, open, name = '', close] of text.matchAll(DOLLAR)) {
    if (open === '' ? name === '' : name === '' && close !== '') return 'invalid variable name';
    if (open !== '' && close === '') return isAtEnd(text, name) ? 'invalid variable name' : missingBracket(name);
  }
  return undefined;
}

/** `${` as the last of the text. */
function isAtEnd(text: string, name: string): boolean {
  return name === '' && text.endsWith('${');
}

function missingBracket(name: string): string {
  return `the closing bracket in "${name}" variable is missing`;
}

function compile(text: string, variableNamed: (name: string) => Expression): Expression {
  const parts: (string | Expression)[] = [];
  let end = 0;
  for (const match of text.matchAll(VARIABLE)) {
    if (match.index > end) parts.push(text.slice(end, match.index));
    const [, braced, capture, plain] = match;
    parts.push(capture === undefined ? variableNamed((braced ?? plain) as string) : captured(Number(capture)));
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  const [only] = parts;
  if (parts.length === 1 && typeof only === 'string') return () => only;
  return (context) => parts.map((part) => (typeof part === 'string' ? part : part(context))).join('');
}

/** What a regex caught; in Lua nothing is. */
function captured(group: number): Expression {
  return ({ captures }) => captures?.[group] ?? '';
}

function variable(name: string): Expression {
  const value = variableOf(name);
  if (value === undefined) throw new Error(`nginx: [emerg] unknown "${name.toLowerCase()}" variable`);
  return value;
}

import type { RequestContext } from './request-context.ts';
import { variableOf } from './variable-values.ts';

/** A text with variables, ready to be worked out for a request (ngx_http_script.c). */
export type Expression = (context: RequestContext) => string;

const VARIABLE = /\$(?:\{(\w+)\}|(\w+))/g;

/** Takes a text apart once. @throws Error in nginx's words for a variable that nobody knows */
export function compileExpression(text: string): Expression {
  const parts: (string | Expression)[] = [];
  let end = 0;
  for (const match of text.matchAll(VARIABLE)) {
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push(variable((match[1] ?? match[2]) as string));
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

import { compileExpression, type Expression } from './expression.ts';
import type { RequestContext } from './request-context.ts';

/** Headers whose values may hold variables, ready to be worked out: flat, name and value in turns. */
export type CompiledHeaders = readonly (string | Expression)[];

/** @param flat names and values @throws Error in nginx's words for a variable that nobody knows */
export function compileHeaders(flat: readonly string[]): CompiledHeaders {
  return flat.map((part, index) => (index % 2 === 1 && part.includes('$') ? compileExpression(part) : part));
}

/** Appends them for a request; a header without value is not sent. */
export function pushHeaders(headers: string[], compiled: CompiledHeaders, context: RequestContext): void {
  for (let i = 0; i < compiled.length; i += 2) {
    const part = compiled[i + 1] as string | Expression;
    const value = typeof part === 'string' ? part : part(context);
    if (value !== '') headers.push(compiled[i] as string, value);
  }
}

/** Names in lower case. */
export function namesOf(flat: readonly string[]): Set<string> {
  return new Set(flat.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase()));
}

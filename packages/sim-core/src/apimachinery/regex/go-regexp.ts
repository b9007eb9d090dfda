import { GO_REGEXP } from './dialects.ts';
import { compileIn, type Regex } from './regex.ts';

/**
 * A pattern as Go's regexp reads it (regexp/syntax), in time that grows with the text only.
 * @throws SyntaxError in Go's words, without `error parsing regexp: `, where it does not compile
 */
export function compileGoRegexp(pattern: string): Regex {
  return compileIn(GO_REGEXP, pattern);
}

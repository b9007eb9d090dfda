import { PCRE } from '../../apimachinery/regex/dialects.ts';
import { compileIn, type Regex } from '../../apimachinery/regex/regex.ts';
import { UnsupportedSyntax } from '../../apimachinery/regex/syntax.ts';

/**
 * A PCRE, in time that grows with the text's length only. It is read byte by byte, as nginx has it done without `(*UTF)`.
 *
 * @throws SyntaxError in PCRE2's words as nginx prints them, where it does not compile; UnsupportedSyntax for what only an
 * engine that goes back can do (docs/deviations.md)
 */
export function compilePcre(pattern: string, flags: '' | 'i' = ''): Regex {
  return compileIn(PCRE, pattern, flags === 'i');
}

/** A regex of nginx.conf. @throws Error in nginx's words for one that it would refuse */
export function compileConfRegex(pattern: string, flags: '' | 'i' = ''): Regex {
  try {
    return compilePcre(pattern, flags);
  } catch (error) {
    throw new Error(`nginx: [emerg] ${(error as Error).message}`);
  }
}

/** What a PCRE holds that is refused here though nginx takes it: `lookahead`, `backreference` …; undefined for nothing. */
export function unsupportedIn(pattern: string): string | undefined {
  try {
    compilePcre(pattern);
    return undefined;
  } catch (error) {
    return error instanceof UnsupportedSyntax ? error.construct : undefined;
  }
}

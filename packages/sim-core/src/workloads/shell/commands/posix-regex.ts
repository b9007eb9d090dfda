import { compileRegex, type Regex } from '../../../apimachinery/regex/regex.ts';

/** A POSIX regex as ours: in basic ones braces and parentheses mean something behind a backslash only. */
export function regexOf(pattern: string, extended: boolean, flags: '' | 'i'): Regex {
  const classes = pattern
    .replaceAll('[:digit:]', '0-9')
    .replaceAll('[:alpha:]', 'A-Za-z')
    .replaceAll('[:alnum:]', 'A-Za-z0-9')
    .replaceAll('[:space:]', '\\s');
  const source = extended
    ? classes
    : classes.replace(/\\([(){}|+?])|([(){}|+?])/g, (_, escaped?: string, plain?: string) => escaped ?? `\\${plain}`);
  try {
    return compileRegex(source, flags);
  } catch {
    return compileRegex(source.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), flags);
  }
}

import type { Parsed } from './parse.ts';
import type { Shell } from './shell.ts';

/** A script that cannot be read, in the words of the shell. */
export function syntaxError(
  parsed: Exclude<Parsed, { script: unknown }>,
  { parts, prefix, interactive }: Shell,
): string {
  const token = 'unexpected' in parsed ? parsed.unexpected : undefined;
  const where = parts.kind === 'bash' && !interactive ? `${parts.name}: -c: line 1: ` : prefix;
  if (parts.kind === 'dash')
    return `${where}Syntax error: ${token === undefined ? 'end of file unexpected' : `"${token}" unexpected`}\n`;
  if (parts.kind === 'ash')
    return `${where}syntax error: ${token === undefined ? 'unexpected end of file' : `unexpected "${token}"`}\n`;
  return `${where}syntax error${token === undefined ? ': unexpected end of file' : ` near unexpected token \`${token}'`}\n`;
}

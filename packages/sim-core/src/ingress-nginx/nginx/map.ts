import type { Regex } from '../../apimachinery/regex/regex.ts';
import { compileConfRegex } from './pcre.ts';
import { refuseRawWord } from './raw-word.ts';

/** Whether a value is listed. */
export type Listed = (value: string) => boolean;

/**
 * `map $value $listed { entry 1; … }`: entries are texts in capitals or not, or regexes behind `~` and `~*`
 * (ngx_http_map_module).
 * @returns undefined for no entries
 * @throws Error in nginx's words for what it would refuse
 */
export function compileMap(entries: readonly string[]): Listed | undefined {
  if (entries.length === 0) return undefined;
  const texts = new Set<string>();
  const regexes: Regex[] = [];
  for (const entry of entries) {
    refuseRawWord(entry, 'invalid number of the map parameters');
    if (entry.startsWith('~*')) regexes.push(compileConfRegex(entry.slice(2), 'i'));
    else if (entry.startsWith('~')) regexes.push(compileConfRegex(entry.slice(1)));
    else texts.add(entry.toLowerCase());
  }
  return (value) => texts.has(value.toLowerCase()) || regexes.some((regex) => regex.test(value));
}

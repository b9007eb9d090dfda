/**
 * Refuses a text that is to stand in nginx.conf as it is, as one word, and does not: the controller's template puts it in
 * without quotes (ngx_conf_read_token).
 * @param tooMany what nginx says where it becomes more words than one
 * @throws Error in nginx's words
 */
export function refuseRawWord(text: string, tooMany: string): void {
  const failure = failureOf(text, tooMany);
  if (failure !== undefined) throw new Error(`nginx: [emerg] ${failure}`);
}

const END_OF_FILE = 'unexpected end of file, expecting ';

function failureOf(text: string, tooMany: string): string | undefined {
  const first = text.charAt(0);
  if (first === ';' || first === '{') return `unexpected "${first}"`;
  if (first === '}') return failureBehindBlock(text.slice(1));
  if (first === '#') return `${END_OF_FILE}"}"`;
  if (first === '"' || first === "'") return failureOfQuoted(text, first, tooMany);
  if (/\s|\\$/.test(text)) return tooMany;
  const end = /(?<!\\)[;{]/.exec(text.replaceAll('${', '__'))?.[0];
  return end === '{' ? 'unexpected "{"' : end && tooMany;
}

/** The block is closed: what follows is a directive of the block around it. */
function failureBehindBlock(rest: string): string {
  const [word = '1'] = /^[^\s;{}]+/.exec(rest) ?? [];
  return /^[;{]/.test(rest) ? `unexpected "${rest.charAt(0)}"` : `unknown directive "${word}"`;
}

function failureOfQuoted(text: string, quote: string, tooMany: string): string | undefined {
  const rest = /^(?:[^\\]|\\[\s\S])*?$/.test(text) ? text.slice(1).replaceAll(/\\[\s\S]/g, '__') : text.slice(1);
  const end = rest.indexOf(quote);
  if (end < 0) return `${END_OF_FILE}";" or "}"`;
  const next = rest.charAt(end + 1);
  if (next === '') return undefined;
  return /[\s;{]/.test(next) ? tooMany : `unexpected "${next}"`;
}

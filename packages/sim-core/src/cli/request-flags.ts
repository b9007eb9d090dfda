import { CliError, EXIT } from './exit-codes.ts';

/**
 * Request headers from `--header NAME:VALUE` and `--cookie NAME=VALUE`.
 * @throws CliError usage for a header without a name or colon
 */
export function headersOf(list: readonly string[], cookies: readonly string[] = []): Record<string, string> {
  const headers = Object.fromEntries(
    list.map((header) => {
      const colon = header.indexOf(':');
      if (colon < 1) throw new CliError(EXIT.usage, `--header takes NAME:VALUE, not "${header}"`);
      return [header.slice(0, colon).trim(), header.slice(colon + 1).trim()];
    }),
  );
  return cookies.length === 0 ? headers : { ...headers, cookie: cookies.join('; ') };
}

/** The flag of every command that asks with headers. */
export const HEADER_FLAG = {
  type: 'list',
  value: 'NAME:VALUE',
  help: 'a request header; may be given several times',
} as const;

/** The URL that requests are sent to. @throws CliError usage for what is none, or of another scheme */
export function requestUrl(text: string): string {
  const scheme = URL.canParse(text) ? new URL(text).protocol : '';
  if (scheme === 'http:' || scheme === 'https:') return text;
  throw new CliError(EXIT.usage, `"${text}" is no URL of http or https; write for example http://shop.example/`);
}

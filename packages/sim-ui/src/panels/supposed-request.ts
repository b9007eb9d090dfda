import { parseHeaders } from './load-words.ts';

/** What somebody would change about a request, as it stands in the form. */
export interface Supposed {
  /** Id of the request that was sent. */
  readonly like: number;
  readonly method: string;
  readonly scheme: string;
  readonly host: string;
  /** Path and query. */
  readonly path: string;
  /** `Name: value`, or nothing. */
  readonly header: string;
  /** `name=value`, or nothing. */
  readonly cookie: string;
}

/** Body of `POST /api/v1/explain`. */
export interface Question {
  /** Id of the request that it is a variation of: its own headers and cookies stand where no other is given. */
  readonly like: number;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The question behind a form, or the line in it that is no header. */
export function questionOf({
  like,
  method,
  scheme,
  host,
  path,
  header,
  cookie,
}: Supposed): Question | { wrong: string } {
  const parsed = parseHeaders(header);
  if ('wrong' in parsed) return parsed;
  const { headers } = parsed;
  const given = Object.entries(headers).find(([name]) => name.toLowerCase() === 'cookie');
  const cookies = [given?.[1] ?? '', cookie.trim()].filter((text) => text !== '').join('; ');
  return {
    like,
    method,
    // A path without its slash is a slip of the hand, not another host.
    url: `${scheme}://${host.trim()}${path.startsWith('/') ? '' : '/'}${path.trim()}`,
    headers: cookies === '' ? headers : { ...headers, [given?.[0] ?? 'Cookie']: cookies },
  };
}

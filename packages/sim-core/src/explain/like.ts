import type { DecisionRecord } from '../ingress-nginx/nginx/decision-record.ts';
import type { HypotheticalRequest } from '../ingress-nginx/nginx/hypothetical.ts';
import { requestOf } from './replay.ts';
import type { Question } from './request-target.ts';
import { sentValue, withCookie, withHeader } from './what-if/change.ts';

/** What is to be other than in a request that was sent; what is left out stays. */
export interface Difference {
  readonly method?: string;
  /** Absolute. */
  readonly url?: string;
  /** Added, or in the place of those with the same name; cookies are added one by one. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The question what a request of the past would have come to if it had been other: with its own draw, from its own client. */
export function questionLike(record: DecisionRecord, { method, url, headers }: Difference): Question {
  const sent = requestOf(record);
  const asked = Object.entries(headers).reduce(changed, sent);
  const kept = Object.entries(headersOf(asked)).filter(([name]) => name.toLowerCase() !== 'host');
  const host = Object.entries(headers).find(([name]) => name.toLowerCase() === 'host')?.[1];
  return {
    method: method ?? sent.method,
    url: url ?? `${sent.scheme}://${sentValue(sent, 'host') ?? record.host}${sent.url}`,
    headers: { ...Object.fromEntries(kept), ...(host === undefined ? {} : { Host: host }) },
    remoteAddress: sent.remoteAddress,
    ...(sent.draw === undefined ? {} : { draw: sent.draw }),
  };
}

function changed(request: HypotheticalRequest, [name, value]: [string, string]): HypotheticalRequest {
  if (name.toLowerCase() !== 'cookie') return withHeader(request, name, value);
  return value
    .split(';')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .reduce((so, each) => {
      const at = each.indexOf('=');
      return at < 0 ? so : withCookie(so, each.slice(0, at), each.slice(at + 1));
    }, request);
}

/** Headers by name; those that were sent twice become one, as HTTP has it. */
function headersOf({ headers }: HypotheticalRequest): Record<string, string> {
  const byName = new Map<string, { name: string; values: string[] }>();
  for (let i = 0; i < headers.length; i += 2) {
    const [name, value] = [headers[i] as string, headers[i + 1] as string];
    const known = byName.get(name.toLowerCase());
    if (known === undefined) byName.set(name.toLowerCase(), { name, values: [value] });
    else known.values.push(value);
  }
  return Object.fromEntries(
    [...byName].map(([lower, { name, values }]) => [name, values.join(lower === 'cookie' ? '; ' : ', ')]),
  );
}

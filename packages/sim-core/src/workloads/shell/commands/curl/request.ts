import { isFailure } from '../../../fetch.ts';
import { byteLength } from '../../../http-answer.ts';
import { headerValue } from '../../../workload.ts';
import type { Process } from '../../process.ts';
import type { Waiting } from '../../wait.ts';
import { httpDate, isAddress } from '../net.ts';
import { bodyOf } from './body.ts';
import { failureOf } from './failure.ts';
import { requestHeaders } from './request-headers.ts';
import { addressOf } from './resolve.ts';
import { send } from './send.ts';
import { headText } from './show.ts';
import type { Answer, Failure, Transfer } from './transfer.ts';

/** Asks once and, with -v, says how it went. */
export function* request(
  transfer: Transfer,
  text: string,
  method: string,
  redirects: number,
): Waiting<Answer | Failure> {
  const { process, options, verbose } = transfer;
  const scheme = /^([a-z][\w+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== 'http' && scheme !== 'https') return { code: 1, message: `Protocol "${scheme}" not supported` };
  if (!URL.canParse(text)) return { code: 3, message: 'URL rejected: Malformed input to a URL function' };
  const url = new URL(text);
  const port = url.port === '' ? (scheme === 'https' ? 443 : 80) : Number(url.port);
  const name = url.hostname.replace(/^\[|\]$/g, '');
  const ip = addressOf(transfer, name, port);
  const say = (line: string) => (verbose ? process.stderr.write(`* ${line}\n`) : undefined);
  if (ip === undefined) return { code: 6, message: `Could not resolve host: ${name}` };
  if (!isAddress(name)) say(`Host ${name}:${port} was resolved.\n* IPv6: (none)\n* IPv4: ${ip}`);
  say(`  Trying ${ip}:${port}...`);
  const body = yield* bodyOf(transfer);
  const headers = requestHeaders(transfer, url, body);
  const result = yield* send(
    transfer,
    {
      hostname: ip,
      port,
      host: url.host,
      path: pathOf(url, transfer),
      ...(scheme === 'https' && { tls: { serverName: isAddress(name) ? '' : name } }),
    },
    { method, headers, ...(body !== undefined && !options.has('G') && { body }) },
  );
  if (isFailure(result)) return failureOf(result, transfer, { name, ip, port, say });
  say(`Connected to ${name} (${ip}) port ${port}`);
  const answer = { ...result, ip, url: url.href, redirects, headers: withDate(result.headers, process) };
  if (verbose) {
    process.stderr.write(requestText(method, pathOf(url, transfer), headers).replace(/^/gm, '> ').replace(/> $/, ''));
    if (body !== undefined) say(`upload completely sent off: ${byteLength(body)} bytes`);
    process.stderr.write(
      headText(answer)
        .replace(/\r\n/g, '\n')
        .replace(/^(?=.|\n)/gm, '< '),
    );
    say(`Connection #0 to host ${name} left intact`);
  }
  return answer;
}

function withDate(headers: readonly string[], { group }: Process): readonly string[] {
  return headerValue(headers, 'date') === undefined
    ? [...headers, 'date', httpDate(group.clock.requestNow())]
    : headers;
}

function pathOf({ pathname, search }: URL, { options }: Transfer): string {
  const data = options.has('G') ? options.values('d').join('&') : '';
  return `${pathname}${search}${data === '' ? '' : `${search === '' ? '?' : '&'}${data}`}`;
}

function requestText(method: string, path: string, headers: readonly string[]): string {
  const lines = [`${method} ${path} HTTP/1.1`];
  for (let i = 0; i < headers.length; i += 2) lines.push(`${headers[i]}: ${headers[i + 1]}`);
  return `${lines.join('\n')}\n\n`;
}

import { type FetchOptions, type FetchResult, type FetchTarget, isFailure } from '../../fetch.ts';
import { resolvePath } from '../../files/path.ts';
import { byteLength, reasonPhrase } from '../../http-answer.ts';
import { canonicalHeader } from '../../request.ts';
import { headerValue } from '../../workload.ts';
import type { Process } from '../process.ts';
import { readAll } from '../streams.ts';
import { answerOf, pause, type Run, type Waiting } from '../wait.ts';
import { unescapeAnsi } from '../words.ts';
import { httpDate, isAddress } from './net.ts';
import { type Options, parseOptions } from './options.ts';

const AGENT = 'curl/8.14.1';
/** Milliseconds after which the kernel gives a connection up (tcp_syn_retries 6), and a curl without -m with it. */
const KERNEL_TIMEOUT = 130_000;
const LONGEST_WAIT = 600_000;
const MOST_REDIRECTS = 50;

const LONG: Readonly<Record<string, string>> = Object.freeze({
  'request=': 'X',
  'header=': 'H',
  'data=': 'd',
  'data-raw=': 'd',
  'data-binary=': 'd',
  'data-ascii=': 'd',
  'data-urlencode=': 'd',
  'json=': 'json',
  'output=': 'o',
  'write-out=': 'w',
  'user-agent=': 'A',
  'user=': 'u',
  'cookie=': 'b',
  'cookie-jar=': 'c',
  'referer=': 'e',
  'max-time=': 'm',
  'connect-timeout=': 'connect-timeout',
  'resolve=': 'resolve',
  'connect-to=': 'connect-to',
  'retry=': 'retry',
  'retry-delay=': 'retry-delay',
  'retry-max-time=': 'x',
  'max-redirs=': 'max-redirs',
  'cacert=': 'cacert',
  'cert=': 'E',
  'key=': 'key',
  'proxy=': 'x',
  'interface=': 'interface',
  'url=': 'url',
  'form=': 'F',
  'upload-file=': 'T',
  'dump-header=': 'D',
  'range=': 'r',
  'limit-rate=': 'limit-rate',
  'noproxy=': 'noproxy',
  'oauth2-bearer=': 'oauth2-bearer',
  head: 'I',
  include: 'i',
  location: 'L',
  silent: 's',
  'show-error': 'S',
  fail: 'f',
  'fail-with-body': 'fail-with-body',
  verbose: 'v',
  insecure: 'k',
  get: 'G',
  'remote-name': 'O',
  version: 'V',
  help: 'h',
  compressed: 'compressed',
  'no-progress-meter': 'no-progress-meter',
});

/** What is asked for: one URL of a call. */
interface Transfer {
  readonly process: Process;
  readonly options: Options;
  readonly output: string | undefined;
  readonly silent: boolean;
  readonly verbose: boolean;
}

/** A transfer that failed, with curl's number for it. */
interface Failure {
  readonly code: number;
  readonly message: string;
}

interface Answer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string;
  readonly ip: string;
  readonly url: string;
  readonly redirects: number;
}

/** curl(1): exit codes and words as of 8.14. */
export function* curl(process: Process): Run {
  const options = parseOptions(process.args, 'XHdowAubcemxFTDrEKYyzQPC', LONG);
  if (options.has('V')) return version(process);
  const urls = [...options.values('url'), ...options.rest];
  if (urls.length === 0) {
    process.stderr.write(
      "curl: (2) no URL specified\ncurl: try 'curl --help' or 'curl --manual' for more information\n",
    );
    return 2;
  }
  const unknown = process.args.find((arg) => /^--[a-z]/.test(arg) && !isKnown(arg));
  if (unknown !== undefined) {
    process.stderr.write(
      `curl: option ${unknown}: is unknown\ncurl: try 'curl --help' or 'curl --manual' for more information\n`,
    );
    return 2;
  }
  let status = 0;
  for (const [index, url] of urls.entries()) {
    const output = options.values('o')[index] ?? options.value('o') ?? (options.has('O') ? nameIn(url) : undefined);
    const verbose = options.has('v');
    status = yield* transferWithRetries({ process, options, output, silent: options.has('s'), verbose }, url);
  }
  return status;
}

function isKnown(arg: string): boolean {
  const name = arg.slice(2).split('=')[0] as string;
  return (
    LONG[name] !== undefined ||
    LONG[`${name}=`] !== undefined ||
    /^(http|tls|ipv|no-|retry-|tcp|path-as-is|raw|keepalive|ssl|fail-early|parallel|styled|next|progress|globoff|disable|anyauth|basic)/.test(
      name,
    )
  );
}

function version({ stdout }: Process): number {
  stdout.write(`${AGENT.replace('/', ' ')} (x86_64-pc-linux-musl) libcurl/8.14.1\nProtocols: http https\n`);
  return 0;
}

function nameIn(url: string): string {
  return (
    url
      .replace(/[?#].*$/, '')
      .split('/')
      .at(-1) || 'index.html'
  );
}

function* transferWithRetries(transfer: Transfer, url: string): Run {
  const { options, process, silent } = transfer;
  const most = Math.min(Number(options.value('retry') ?? 0) || 0, 100);
  for (let attempt = 0; ; attempt++) {
    const code = yield* transferOnce(transfer, url);
    const isWorthIt =
      code === 28 ||
      code === 6 ||
      (code === 7 && options.has('retry-connrefused')) ||
      (code !== 0 && options.has('retry-all-errors'));
    if (!isWorthIt || attempt >= most) return code;
    const seconds = Number(options.value('retry-delay') ?? 0) || Math.min(2 ** attempt, 600);
    if (!silent)
      process.stderr.write(
        `Warning: Problem : timeout. Will retry in ${seconds} second${seconds === 1 ? '' : 's'}. ${most - attempt} retries left.\n`,
      );
    yield* pause(seconds * 1000);
  }
}

function* transferOnce(transfer: Transfer, text: string): Run {
  const { process, options, silent } = transfer;
  const began = process.group.clock.requestNow();
  const result = yield* follow(transfer, text);
  if ('code' in result) {
    if (!silent || options.has('S')) process.stderr.write(`curl: (${result.code}) ${result.message}\n`);
    writeOut(transfer, undefined, began);
    return result.code;
  }
  const refuses = options.has('f') && result.status >= 400;
  if (!silent && process.terminal === undefined && !options.has('no-progress-meter') && !options.has('I'))
    process.stderr.write(progress(result));
  if (!refuses) show(transfer, result);
  writeOut(transfer, result, began);
  if (!refuses && !(options.has('fail-with-body') && result.status >= 400)) return 0;
  if (!silent || options.has('S'))
    process.stderr.write(`curl: (22) The requested URL returned error: ${result.status}\n`);
  return 22;
}

/** The answer after all redirects that are to be followed. */
function* follow(transfer: Transfer, text: string): Waiting<Answer | Failure> {
  const { options } = transfer;
  let url = text.includes('://') ? text : `http://${text}`;
  let method = methodOf(options);
  for (let redirects = 0; ; redirects++) {
    const answer = yield* request(transfer, url, method, redirects);
    if ('code' in answer) return answer;
    const location = headerValue(answer.headers, 'location');
    const isRedirect =
      answer.status >= 300 && answer.status < 400 && location !== undefined && URL.canParse(location, url);
    if (!isRedirect || !options.has('L')) return answer;
    if (redirects >= Number(options.value('max-redirs') ?? MOST_REDIRECTS))
      return { code: 47, message: `Maximum (${options.value('max-redirs') ?? MOST_REDIRECTS}) redirects followed` };
    if (options.has('i') || options.has('I')) show(transfer, { ...answer, body: '' });
    if (answer.status === 303 || (answer.status < 303 && method === 'POST')) method = 'GET';
    url = new URL(location, url).href;
    if (transfer.verbose) transfer.process.stderr.write(`* Issue another request to this URL: '${url}'\n`);
  }
}

function methodOf(options: Options): string {
  if (options.has('X')) return options.value('X') as string;
  if (options.has('I')) return 'HEAD';
  if (options.has('T')) return 'PUT';
  return (options.has('d') || options.has('json') || options.has('F')) && !options.has('G') ? 'POST' : 'GET';
}

function* request(transfer: Transfer, text: string, method: string, redirects: number): Waiting<Answer | Failure> {
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
    { hostname: ip, port, host: url.host, path: pathOf(url, transfer) },
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

/** The address that a name leads to, --resolve and --connect-to included. */
function addressOf({ options, process }: Transfer, name: string, port: number): string | undefined {
  for (const entry of options.values('resolve')) {
    const [host, at, address] = entry.replace(/^\+/, '').split(':');
    if ((host === name || host === '*') && Number(at) === port) return address;
  }
  for (const entry of options.values('connect-to')) {
    const [host, at, other] = entry.split(':');
    if ((host === '' || host === name) && (at === '' || Number(at) === port) && other)
      return process.machine.context.resolve(other);
  }
  return process.machine.context.resolve(name);
}

function* bodyOf({ options, process }: Transfer): Waiting<string | undefined> {
  if (options.has('T'))
    return process.machine.files.stat(resolvePath(process.cwd, options.value('T') as string))
      ? process.machine.files.read(resolvePath(process.cwd, options.value('T') as string))
      : '';
  if (!options.has('d') && !options.has('json') && !options.has('F')) return undefined;
  const pieces: string[] = [];
  for (const data of [...options.values('d'), ...options.values('json'), ...options.values('F')]) {
    if (data === '@-') pieces.push(yield* readAll(process.stdin));
    else if (data.startsWith('@')) {
      const path = resolvePath(process.cwd, data.slice(1));
      pieces.push(process.machine.files.stat(path)?.kind === 'file' ? process.machine.files.read(path) : '');
    } else pieces.push(data);
  }
  return pieces.join('&');
}

function requestHeaders({ options }: Transfer, url: URL, body: string | undefined): string[] {
  const own: string[] = [];
  const removed: string[] = [];
  for (const header of options.values('H')) {
    const [, name = '', value = ''] = /^([^:;]+)[:;]\s*([\s\S]*)$/.exec(header) ?? [];
    if (name === '') continue;
    if (value === '' && header.includes(':')) removed.push(name.toLowerCase());
    else own.push(name, value.replace(/[\r\n]/g, ''));
  }
  const has = (name: string) => removed.includes(name) || headerValue(own, name) !== undefined;
  const headers: string[] = [];
  const add = (name: string, value: string) => (has(name.toLowerCase()) ? undefined : headers.push(name, value));
  add('Host', url.host);
  const user = options.value('u') ?? (url.username === '' ? undefined : `${url.username}:${url.password}`);
  if (user !== undefined) add('Authorization', `Basic ${btoa(unescape(encodeURIComponent(user)))}`);
  if (options.has('oauth2-bearer')) add('Authorization', `Bearer ${options.value('oauth2-bearer')}`);
  add('User-Agent', options.value('A') ?? AGENT);
  add('Accept', options.has('json') ? 'application/json' : '*/*');
  if (options.has('compressed')) add('Accept-Encoding', 'deflate, gzip, br, zstd');
  if (options.has('b')) add('Cookie', options.value('b') as string);
  if (options.has('e')) add('Referer', options.value('e') as string);
  headers.push(...own);
  if (body === undefined || options.has('G')) return headers;
  if (!options.has('T'))
    add('Content-Type', options.has('json') ? 'application/json' : 'application/x-www-form-urlencoded');
  return headers;
}

function* send({ options, process }: Transfer, target: FetchTarget, asked: FetchOptions): Waiting<FetchResult> {
  const limits = [options.value('m'), options.value('connect-timeout')]
    .map((each) => Number(each ?? 0) * 1000)
    .filter((each) => each > 0);
  const timeout = limits.length > 0 ? Math.min(...limits) : LONGEST_WAIT;
  return yield* answerOf<FetchResult>((done) =>
    process.machine.context.fetch(
      target,
      { ...asked, timeout, connectTimeout: Math.min(timeout, KERNEL_TIMEOUT) },
      done,
    ),
  );
}

function failureOf(
  result: Extract<FetchResult, { failure: string }>,
  { options }: Transfer,
  { name, ip, port, say }: { name: string; ip: string; port: number; say: (line: string) => void },
): Failure {
  const limit = Number(options.value('m') ?? 0) * 1000;
  switch (result.failure) {
    case 'bad address':
      return { code: 6, message: `Could not resolve host: ${name}` };
    case 'connection refused':
      say(`connect to ${ip} port ${port} from 0.0.0.0 port 0 failed: Connection refused`);
      return { code: 7, message: `Failed to connect to ${name} port ${port} after 0 ms: Could not connect to server` };
    case 'connection reset':
      say(`Connected to ${name} (${ip}) port ${port}`);
      return { code: 52, message: 'Empty reply from server' };
    case 'timed out': {
      if (result.connecting !== true)
        return { code: 28, message: `Operation timed out after ${limit + 1} milliseconds with 0 bytes received` };
      if (limit > 0 && !options.has('connect-timeout'))
        return { code: 28, message: `Connection timed out after ${limit + 1} milliseconds` };
      const wait = Number(options.value('connect-timeout') ?? 0) * 1000;
      if (wait > 0)
        return {
          code: 28,
          message: `Failed to connect to ${name} port ${port} after ${wait + 1} ms: Timeout was reached`,
        };
      return {
        code: 28,
        message: `Failed to connect to ${name} port ${port} after ${KERNEL_TIMEOUT} ms: Could not connect to server`,
      };
    }
  }
}

function requestText(method: string, path: string, headers: readonly string[]): string {
  const lines = [`${method} ${path} HTTP/1.1`];
  for (let i = 0; i < headers.length; i += 2) lines.push(`${headers[i]}: ${headers[i + 1]}`);
  return `${lines.join('\n')}\n\n`;
}

function headText({ status, headers }: Pick<Answer, 'status' | 'headers'>): string {
  const lines = [`HTTP/1.1 ${status} ${reasonPhrase(status)}`];
  for (let i = 0; i < headers.length; i += 2) lines.push(`${canonicalHeader(headers[i] as string)}: ${headers[i + 1]}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** Head and body go where they are wanted. */
function show({ process, options, output }: Transfer, answer: Answer): void {
  const head = options.has('i') || options.has('I') ? headText(answer) : '';
  const text = head + (options.has('I') ? '' : answer.body);
  const dump = options.value('D');
  if (dump !== undefined) write(process, dump, headText(answer));
  write(process, output ?? '-', text);
}

function write({ stdout, machine, cwd }: Process, file: string, text: string): void {
  if (file === '-' || file === '/dev/stdout') stdout.write(text);
  else if (file !== '/dev/null') machine.files.write(resolvePath(cwd, file), text);
}

function progress({ body }: Answer): string {
  const size = String(byteLength(body)).padStart(5);
  const head =
    '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n';
  const none = '\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0';
  return `${head}${none}\r100 ${size}  100 ${size}    0     0   150k      0 --:--:-- --:--:-- --:--:--  150k\n`;
}

/** `-w '%{http_code}\n'`. */
function writeOut({ process, options }: Transfer, answer: Answer | undefined, began: number): void {
  const format = options.value('w');
  if (format === undefined) return;
  const seconds = ((process.group.clock.requestNow() - began) / 1000).toFixed(6);
  const values: Readonly<Record<string, string>> = {
    http_code: String(answer?.status ?? 0).padStart(3, '0'),
    response_code: String(answer?.status ?? 0).padStart(3, '0'),
    remote_ip: answer?.ip ?? '',
    size_download: String(byteLength(answer?.body ?? '')),
    url_effective: answer?.url ?? '',
    num_redirects: String(answer?.redirects ?? 0),
    content_type: headerValue(answer?.headers ?? [], 'content-type') ?? '',
    redirect_url: headerValue(answer?.headers ?? [], 'location') ?? '',
    http_version: answer === undefined ? '0' : '1.1',
    scheme: 'http',
    method: methodOf(options),
  };
  process.stdout.write(
    unescapeAnsi(format).replace(/%\{([a-z_]+)\}|%%/g, (whole, name?: string) =>
      name === undefined ? '%' : name.startsWith('time_') ? seconds : (values[name] ?? whole),
    ),
  );
}

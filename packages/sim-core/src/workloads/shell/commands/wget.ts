import { formatTime } from '../../../sim/clock.ts';
import { type FetchResult, fetchTarget, isFailure } from '../../fetch.ts';
import { resolvePath } from '../../files/path.ts';
import { byteLength, reasonPhrase } from '../../http-answer.ts';
import { canonicalHeader } from '../../request.ts';
import { headerValue } from '../../workload.ts';
import type { Process } from '../process.ts';
import { answerOf, type Run, type Waiting } from '../wait.ts';
import { type Options, parseOptions } from './options.ts';

/** Milliseconds after which the kernel gives a connection up; busybox and GNU wait longer for an answer. */
const KERNEL_TIMEOUT = 130_000;
const LONGEST_WAIT = 900_000;
const MOST_REDIRECTS = 20;

const LONG: Readonly<Record<string, string>> = Object.freeze({
  'header=': 'header',
  'post-data=': 'post-data',
  'post-file=': 'post-file',
  'timeout=': 'T',
  'tries=': 't',
  'output-document=': 'O',
  'user-agent=': 'U',
  'directory-prefix=': 'P',
  'method=': 'method',
  'body-data=': 'post-data',
  'max-redirect=': 'max-redirect',
  quiet: 'q',
  spider: 'spider',
  'server-response': 'S',
  'no-check-certificate': 'no-check-certificate',
  'no-verbose': 'nv',
});

/** One answer, or what went wrong, with where it was asked. */
interface Got {
  readonly result: FetchResult;
  readonly url: URL;
  readonly ip: string | undefined;
}

/** wget: busybox's own, or GNU's in the images that have it. */
export function* wget(process: Process): Run {
  const options = parseOptions(
    process.args.map((arg) => (arg === '-nv' ? '--no-verbose' : arg)),
    'OTUPYtoe',
    LONG,
  );
  const address = options.rest.at(-1);
  if (address === undefined) {
    process.stderr.write(
      isBusybox(process)
        ? 'BusyBox v1.37.0 multi-call binary.\n\nUsage: wget [-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR]\n'
        : 'wget: missing URL\nUsage: wget [OPTION]... [URL]...\n',
    );
    return 1;
  }
  const say = options.has('q') || options.has('nv') ? () => {} : (text: string) => process.stderr.write(text);
  let url = address.includes('://') ? address : `http://${address}`;
  for (let redirects = 0; ; redirects++) {
    if (!URL.canParse(url))
      return fail(
        process,
        isBusybox(process) ? `bad address '${address}'` : `unable to resolve host address ‘${address}’`,
        4,
      );
    const got = yield* get(process, options, new URL(url), say);
    if (isFailure(got.result)) return failure(process, options, got);
    if (options.has('S')) process.stderr.write(headLines(got.result));
    const location = headerValue(got.result.headers, 'location');
    const isRedirect =
      got.result.status >= 300 && got.result.status < 400 && location !== undefined && URL.canParse(location, url);
    if (!isRedirect) return finish(process, options, got, say);
    if (redirects >= MOST_REDIRECTS)
      return fail(
        process,
        isBusybox(process) ? 'too many redirections' : `${MOST_REDIRECTS} redirections exceeded.`,
        8,
      );
    url = new URL(location, url).href;
  }
}

function isBusybox({ machine }: Process): boolean {
  return machine.tools.userland === 'busybox';
}

/** busybox always ends with 1. */
function fail(process: Process, message: string, code: number): number {
  process.stderr.write(`wget: ${message}\n`);
  return isBusybox(process) ? 1 : code;
}

function* get(process: Process, options: Options, url: URL, say: (text: string) => void): Waiting<Got> {
  const { context } = process.machine;
  const target = fetchTarget(url);
  const ip = context.resolve(url.hostname);
  if (!isBusybox(process))
    say(
      `--${formatTime(context.clock.now()).slice(0, 19).replace('T', ' ')}--  ${url.href}\nResolving ${url.hostname} (${url.hostname})... ${ip ?? 'failed: Name or service not known.'}\n`,
    );
  if (ip === undefined) return { result: { failure: 'bad address', message: '' }, url, ip };
  say(
    isBusybox(process)
      ? `Connecting to ${url.host} (${ip}:${target.port})\n`
      : `Connecting to ${url.hostname} (${url.hostname})|${ip}|:${target.port}... `,
  );
  const seconds = Number(options.value('T') ?? 0);
  const timeout = seconds > 0 ? seconds * 1000 : LONGEST_WAIT;
  const body = options.value('post-data');
  const headers = options
    .values('header')
    .flatMap((header) => header.split(/:\s*(.*)/s).slice(0, 2))
    .map((each) => each.replace(/[\r\n]/g, ''));
  if (headerValue(headers, 'user-agent') === undefined)
    headers.push('user-agent', options.value('U') ?? (isBusybox(process) ? 'Wget' : 'Wget/1.24.5'));
  const method =
    options.value('method') ??
    (body !== undefined ? 'POST' : options.has('spider') && !isBusybox(process) ? 'HEAD' : 'GET');
  const asked = {
    method,
    headers,
    timeout,
    connectTimeout: Math.min(timeout, KERNEL_TIMEOUT),
    ...(body !== undefined && { body }),
  };
  const result = yield* answerOf<FetchResult>((done) => context.fetch({ ...target, hostname: ip }, asked, done));
  if (!isBusybox(process) && !isFailure(result))
    say(`connected.\nHTTP request sent, awaiting response... ${result.status} ${reasonPhrase(result.status)}\n`);
  return { result, url, ip };
}

function failure(process: Process, options: Options, { result, url, ip }: Got): number {
  if (!isFailure(result)) return 0;
  const timed = Number(options.value('T') ?? 0) > 0;
  if (!isBusybox(process)) return gnuFailure(process, result, url, timed);
  switch (result.failure) {
    case 'bad address':
      return fail(process, `bad address '${url.host}'`, 1);
    case 'connection refused':
      return fail(process, `can't connect to remote host (${ip}): Connection refused`, 1);
    case 'connection reset':
      return fail(process, 'error getting response', 1);
    case 'timed out':
      return fail(
        process,
        timed || result.connecting !== true
          ? 'download timed out'
          : `can't connect to remote host (${ip}): Operation timed out`,
        1,
      );
  }
}

function gnuFailure(
  process: Process,
  { failure: kind, connecting }: Extract<FetchResult, { failure: string }>,
  { hostname }: URL,
  timed: boolean,
): number {
  const words = {
    'connection refused': 'failed: Connection refused.',
    'connection reset': 'No data received.',
    'timed out':
      connecting && !timed ? 'failed: Connection timed out.' : 'Read error (Connection timed out) in headers.',
  };
  if (kind === 'bad address') return fail(process, `unable to resolve host address ‘${hostname}’`, 4);
  process.stderr.write(`${words[kind]}\n`);
  return 4;
}

function finish(process: Process, options: Options, { result, url }: Got, say: (text: string) => void): number {
  if (isFailure(result)) return 0;
  const { status, body } = result;
  if (status >= 400) {
    if (isBusybox(process))
      return fail(process, `server returned error: HTTP/1.1 ${status} ${reasonPhrase(status)}`, 1);
    process.stderr.write(
      `${formatTime(process.machine.context.clock.now()).slice(0, 19).replace('T', ' ')} ERROR ${status}: ${reasonPhrase(status)}.\n`,
    );
    return 8;
  }
  if (options.has('spider')) {
    say(isBusybox(process) ? 'remote file exists\n' : 'Remote file exists.\n\n');
    return 0;
  }
  const name = options.value('O') ?? (url.pathname.split('/').at(-1) || 'index.html');
  const toOutput = name === '-' || name === '/dev/stdout';
  const quoted = isBusybox(process) ? `'${name}'` : `‘${name}’`;
  say(
    toOutput
      ? isBusybox(process)
        ? 'writing to stdout\n'
        : `Length: ${byteLength(body)}\nSaving to: ‘STDOUT’\n\n`
      : `saving to ${quoted}\n`,
  );
  if (toOutput) process.stdout.write(body);
  else if (name !== '/dev/null') process.machine.files.write(resolvePath(process.cwd, name), body);
  const size = String(byteLength(body)).padStart(6);
  say(
    `${(toOutput ? '-' : name).slice(0, 20).padEnd(20)} 100% |********************************| ${size}  0:00:00 ETA\n`,
  );
  say(toOutput ? 'written to stdout\n' : `${quoted} saved\n`);
  return 0;
}

function headLines({ status, headers }: { status: number; headers: readonly string[] }): string {
  const lines = [`  HTTP/1.1 ${status} ${reasonPhrase(status)}`];
  for (let i = 0; i < headers.length; i += 2)
    lines.push(`  ${canonicalHeader(headers[i] as string)}: ${headers[i + 1]}`);
  return `${lines.join('\n')}\n`;
}

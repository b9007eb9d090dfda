import { formatTime } from '../../../../sim/clock.ts';
import { type FetchResult, fetchTarget, isFailure } from '../../../fetch.ts';
import { reasonPhrase } from '../../../http-answer.ts';
import { headerValue } from '../../../workload.ts';
import type { Process } from '../../process.ts';
import { answerOf, type Waiting } from '../../wait.ts';
import type { Options } from '../options.ts';
import { isBusybox } from '../userland.ts';

/** Milliseconds after which the kernel gives a connection up; busybox and GNU wait longer for an answer. */
const KERNEL_TIMEOUT = 130_000;

const LONGEST_WAIT = 900_000;

/** One answer, or what went wrong, with where it was asked. */
export interface Got {
  readonly result: FetchResult;
  readonly url: URL;
  readonly ip: string | undefined;
}

/** Asks once, and says so in the words of the image's wget. */
export function* get(process: Process, options: Options, url: URL, say: (text: string) => void): Waiting<Got> {
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

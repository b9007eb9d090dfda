import { isFailure } from '../../../fetch.ts';
import { reasonPhrase } from '../../../http-answer.ts';
import { canonicalHeader } from '../../../request.ts';
import { headerValue } from '../../../workload.ts';
import type { Process } from '../../process.ts';
import type { Run } from '../../wait.ts';
import { parseOptions } from '../options.ts';
import { isBusybox } from '../userland.ts';
import { fail } from './fail.ts';
import { failure } from './failure.ts';
import { finish } from './finish.ts';
import { get } from './get.ts';

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

function headLines({ status, headers }: { status: number; headers: readonly string[] }): string {
  const lines = [`  HTTP/1.1 ${status} ${reasonPhrase(status)}`];
  for (let i = 0; i < headers.length; i += 2)
    lines.push(`  ${canonicalHeader(headers[i] as string)}: ${headers[i + 1]}`);
  return `${lines.join('\n')}\n`;
}

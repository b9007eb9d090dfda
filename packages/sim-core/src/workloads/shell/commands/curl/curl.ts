import type { Process } from '../../process.ts';
import type { Run } from '../../wait.ts';
import { parseOptions } from '../options.ts';
import { isKnown, LONG } from './options.ts';
import { transferWithRetries } from './run-transfer.ts';
import { version } from './version.ts';

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

function nameIn(url: string): string {
  return (
    url
      .replace(/[?#].*$/, '')
      .split('/')
      .at(-1) || 'index.html'
  );
}

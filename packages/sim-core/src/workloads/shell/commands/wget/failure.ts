import { type FetchResult, isFailure } from '../../../fetch.ts';
import type { Process } from '../../process.ts';
import type { Options } from '../options.ts';
import { isBusybox } from '../userland.ts';
import { fail } from './fail.ts';
import type { Got } from './get.ts';

/** Says why no answer came. @returns the exit code */
export function failure(process: Process, options: Options, { result, url, ip }: Got): number {
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
    case 'no tls':
      return fail(process, 'error getting response: wrong version number', 1);
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
    'no tls': 'OpenSSL: error:0A00010B:SSL routines::wrong version number\nUnable to establish SSL connection.',
    'timed out':
      connecting && !timed ? 'failed: Connection timed out.' : 'Read error (Connection timed out) in headers.',
  };
  if (kind === 'bad address') return fail(process, `unable to resolve host address ‘${hostname}’`, 4);
  process.stderr.write(`${words[kind]}\n`);
  return 4;
}

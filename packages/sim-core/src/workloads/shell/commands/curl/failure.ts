import type { FetchResult } from '../../../fetch.ts';
import type { Failure, Transfer } from './transfer.ts';

/** Milliseconds after which the kernel gives a connection up (tcp_syn_retries 6), and a curl without -m with it. */
export const KERNEL_TIMEOUT = 130_000;

/** The exit code and the words for a request that was not answered. */
export function failureOf(
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
    case 'no tls':
      say(`Connected to ${name} (${ip}) port ${port}`);
      return { code: 35, message: 'error:0A00010B:SSL routines::wrong version number' };
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

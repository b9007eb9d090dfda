import { byteLength } from '../../../http-answer.ts';
import { headerValue } from '../../../workload.ts';
import { unescapeAnsi } from '../../words.ts';
import { methodOf } from './method.ts';
import type { Answer, Transfer } from './transfer.ts';

/** `-w '%{http_code}\n'`. */
export function writeOut({ process, options }: Transfer, answer: Answer | undefined, began: number): void {
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

import { headerValue } from '../../../workload.ts';
import type { Waiting } from '../../wait.ts';
import { methodOf } from './method.ts';
import { request } from './request.ts';
import { show } from './show.ts';
import type { Answer, Failure, Transfer } from './transfer.ts';

const MOST_REDIRECTS = 50;

/** The answer after all redirects that are to be followed. */
export function* follow(transfer: Transfer, text: string): Waiting<Answer | Failure> {
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

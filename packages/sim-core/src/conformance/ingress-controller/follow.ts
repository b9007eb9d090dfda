import { headerValue } from '../../workloads/workload.ts';
import type { ClientAnswer, ClientRequest, Transport } from '../transport.ts';

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTS = 10;

/**
 * Sends, and goes where redirects say, to the same load balancer and with the same method, as the suite's client does
 * (kubernetes-sigs/ingress-controller-conformance, test/http/http.go, CaptureRoundTrip).
 */
export async function sendAndFollow(transport: Transport, first: ClientRequest): Promise<ClientAnswer> {
  let request = first;
  for (let followed = 0; ; followed++) {
    const answer = await transport.send(request);
    const location = REDIRECTS.has(answer.status) ? headerValue(answer.headers, 'location') : undefined;
    if (location === undefined || followed === MOST_REDIRECTS) return answer;
    const { protocol, hostname, host, pathname, search } = new URL(location, `${request.scheme}://${request.host}`);
    const scheme = protocol === 'https:' ? 'https' : 'http';
    request = { ...request, scheme, host, path: pathname + search, sni: hostname };
  }
}

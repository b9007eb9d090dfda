import type { EndpointSlice } from '../../api/discovery-v1/endpoint-slice.ts';
import type { NetworkHost } from '../../network/network.ts';
import type { Clock } from '../../sim/clock.ts';
import { answer } from '../../workloads/http-answer.ts';
import { withBody } from '../../workloads/late-answer.ts';
import { nodeHeaders } from '../../workloads/request.ts';
import { type HttpRequest, type HttpResponse, headerValue, type Workload } from '../../workloads/workload.ts';

/** How the pods of a Service behave: `refuse`, `hang`, `status:418`, `one-refuses`, `one-500`; otherwise they echo. */
export type Behaviour = string | undefined;

/** Port on which the pods listen. */
export const POD_PORT = 8080;
/** Request time until `/slow` is answered, milliseconds. */
const SLOW = 500;

/** What a pod echoes as JSON. */
export interface Echo {
  readonly service: string;
  readonly pod: string;
  readonly method: string;
  readonly url: string;
  readonly httpVersion: string;
  /** By lower-case name; several of one name are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Whether a word of a vector says how pods behave. */
export function isBehaviour(word: string): boolean {
  return /^(refuse|hang|one-refuses|one-500|status:[1-5]\d\d)$/.test(word);
}

/** A pod behind a Service. @param index of the pod in its Service, from 0 */
export function backendPod(service: string, index: number, behaviour: Behaviour, clock: Clock): NetworkHost {
  const refuses = behaviour === 'refuse' || (behaviour === 'one-refuses' && index === 0);
  const workload: Workload = { http: handlerOf(service, index, behaviour, clock) };
  return { listener: (port) => (port === POD_PORT && !refuses ? workload : undefined) };
}

function handlerOf(service: string, index: number, behaviour: Behaviour, clock: Clock): NonNullable<Workload['http']> {
  const status = statusOf(behaviour, index);
  return (request, response) => {
    if (behaviour === 'hang') return;
    const respond = () => echo({ service, pod: `${service}-${index}`, status }, request, response);
    if (request.url.startsWith('/slow')) clock.afterRequest(SLOW, respond);
    else respond();
  };
}

function statusOf(behaviour: Behaviour, index: number): number {
  if (behaviour === 'one-500') return index === 0 ? 500 : 200;
  return behaviour?.startsWith('status:') === true ? Number(behaviour.slice('status:'.length)) : 200;
}

function echo(
  { service, pod, status }: { service: string; pod: string; status: number },
  request: HttpRequest,
  response: HttpResponse,
): void {
  const { method, url, httpVersion } = request;
  const reply = withBody(request, (body) => {
    const echoed: Echo = { service, pod, method, url, httpVersion, headers: nodeHeaders(request.headers), body };
    return answer(status, 'application/json', JSON.stringify(echoed), ['Server', 'test-pod', 'X-Backend', service]);
  });
  reply((sent) => {
    response.writeHead(sent.status, sent.headers);
    response.end(request.method === 'HEAD' ? undefined : sent.body);
  });
}

/** What the pod echoed; undefined where none answered, or without a body to tell. */
export function echoOf({ body, headers }: { body: string; headers: readonly string[] }): Echo | undefined {
  const service = headerValue(headers, 'x-backend');
  if (service === undefined || body === '') return undefined;
  return JSON.parse(body) as Echo;
}

/** The slice of a Service whose pods have these addresses. */
export function sliceOf(
  { namespace, name }: { namespace: string; name: string },
  addresses: readonly string[],
): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: `${name}-1`, namespace, labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    ports: [{ name: 'http', protocol: 'TCP', port: POD_PORT }],
    endpoints: addresses.map((address, index) => ({
      addresses: [address],
      conditions: { ready: true },
      targetRef: { kind: 'Pod', namespace, name: `${name}-${index}` },
    })),
  };
}

import type { EndpointSlice } from '../../api/discovery-v1/endpoint-slice.ts';
import type { NetworkHost } from '../../network/network.ts';
import type { Clock } from '../../sim/clock.ts';
import { answer } from '../../workloads/http-answer.ts';
import type { HttpRequest, HttpResponse, Workload } from '../../workloads/workload.ts';

/** How the pods of a Service behave: `refuse`, `hang`, `status:418`, `one-refuses`, `one-500`; otherwise they echo. */
export type Behaviour = string | undefined;

/** Port on which test pods listen. */
export const POD_PORT = 8080;
/** Request time until `/slow` is answered. */
const SLOW = 500;

/** What a test pod echoes as JSON. */
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

/** A pod of a Service. @param index of the pod in its Service, from 0 */
export function testPod(service: string, index: number, behaviour: Behaviour, clock: Clock): NetworkHost {
  const refuses = behaviour === 'refuse' || (behaviour === 'one-refuses' && index === 0);
  const workload: Workload = { http: handlerOf(service, index, behaviour, clock) };
  return { listener: (port) => (port === POD_PORT && !refuses ? workload : undefined) };
}

function handlerOf(service: string, index: number, behaviour: Behaviour, clock: Clock): NonNullable<Workload['http']> {
  const status = statusOf(behaviour, index);
  return (request, response) => {
    if (behaviour === 'hang') return;
    const respond = () => echo(service, index, status, request, response);
    if (request.url.startsWith('/slow')) clock.afterRequest(SLOW, respond);
    else respond();
  };
}

function statusOf(behaviour: Behaviour, index: number): number {
  if (behaviour === 'one-500') return index === 0 ? 500 : 200;
  return behaviour?.startsWith('status:') === true ? Number(behaviour.slice('status:'.length)) : 200;
}

function echo(service: string, index: number, status: number, request: HttpRequest, response: HttpResponse): void {
  const { method, url, httpVersion } = request;
  const pod = `${service}-${index}`;
  const reply = (body: string) => {
    const echoed: Echo = { service, pod, method, url, httpVersion, headers: headersOf(request.headers), body };
    const sent = answer(status, 'application/json', JSON.stringify(echoed), [
      'Server',
      'test-pod',
      'X-Backend',
      service,
    ]);
    response.writeHead(sent.status, sent.headers);
    response.end(sent.body);
  };
  if (request.body === undefined) reply('');
  else void textOf(request.body).then(reply);
}

function headersOf(flat: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let i = 0; i < flat.length; i += 2) {
    const name = (flat[i] as string).toLowerCase();
    headers[name] = headers[name] === undefined ? (flat[i + 1] as string) : `${headers[name]}, ${flat[i + 1]}`;
  }
  return headers;
}

async function textOf(body: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>)
    text += decoder.decode(chunk, { stream: true });
  return text;
}

/** The slice of a Service whose pods have these addresses. */
export function sliceOf(namespace: string, service: string, addresses: readonly string[], port: number): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: `${service}-1`, namespace, labels: { 'kubernetes.io/service-name': service } },
    addressType: 'IPv4',
    ports: [{ name: 'http', protocol: 'TCP', port }],
    endpoints: addresses.map((address, index) => ({
      addresses: [address],
      conditions: { ready: true },
      targetRef: { kind: 'Pod', namespace, name: `${service}-${index}` },
    })),
  };
}

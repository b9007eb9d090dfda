import type { Container, HTTPGetAction, Probe } from '../../api/core-v1/pod.ts';
import { formatDuration } from '../../apimachinery/duration.ts';
import { goQuote } from '../../apimachinery/go-syntax.ts';
import { bodyOf, type ExchangeResult, exchange, exchangeGrpc } from '../../network/exchange.ts';
import type { Network } from '../../network/network.ts';
import type { Clock } from '../../sim/clock.ts';
import { type HttpRequest, headerValue, speaksTls } from '../../workloads/workload.ts';
import type { ExecResult } from '../exec-sync.ts';

/** What came of one probe. `error`: it could not even be tried, which counts neither way. */
export interface ProbeResult {
  readonly outcome: 'success' | 'failure' | 'error';
  /** For the event, in the kubelet's words. */
  readonly output: string;
}

/** Where a probe goes. */
export interface ProbeTarget {
  readonly container: Container;
  readonly podIp: string;
  /** The kubelet's own address, from which it asks. */
  readonly hostIp: string;
  readonly network: Network;
  readonly clock: Clock;
  /** Runs a command in the container; see `exec-sync.ts`. */
  exec(command: readonly string[], timeout: number, done: (result: ExecResult) => void): void;
  /** Cluster time from which on the Scenario lets probes succeed. */
  readonly readyAt: number;
}

const SUCCESS: ProbeResult = Object.freeze({ outcome: 'success', output: '' });
const MOST_REDIRECTS = 10;
const USER_AGENT = 'kube-probe/1.33';
const TIMED_OUT = 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';

/**
 * One probe (pkg/kubelet/prober/prober.go runProbe). `done` is called once, at once when the program answers at once. A command
 * that is not simulated counts as success.
 */
export function attemptProbe(probe: Probe, target: ProbeTarget, done: (result: ProbeResult) => void): void {
  const isReady = target.clock.now() >= target.readyAt;
  if (probe.httpGet) httpProbe(probe.httpGet, timeoutOf(probe), target, done);
  else if (probe.tcpSocket) done(tcpProbe(probe.tcpSocket, target));
  else if (probe.grpc) grpcProbe(probe.grpc, timeoutOf(probe), target, done);
  else if (!isReady) done(failure(''));
  else execProbe(probe.exec?.command ?? [], timeoutOf(probe), target, done);
}

/** pkg/probe/exec: the exit status decides; the event has what the command printed. */
function execProbe(
  command: readonly string[],
  timeout: number,
  target: ProbeTarget,
  done: (result: ProbeResult) => void,
): void {
  target.exec(command, timeout, (result) => {
    if (result === 'not simulated') return done(SUCCESS);
    if (result === 'timeout')
      return done(
        failure(`command timed out: ${goQuote(command.join(' '))} timed out after ${formatDuration(timeout)}`),
      );
    done(result.code === 0 ? SUCCESS : failure(result.output));
  });
}

function timeoutOf({ timeoutSeconds = 1 }: Probe): number {
  return timeoutSeconds * 1000;
}

function failure(output: string): ProbeResult {
  return { outcome: 'failure', output };
}

/** One HTTP probe through all its redirects. */
interface HttpProbe {
  readonly action: HTTPGetAction;
  readonly ip: string;
  readonly timeout: number;
  readonly target: ProbeTarget;
  readonly done: (result: ProbeResult) => void;
}

/** pkg/probe/http: 200 to 399 is success; redirects on the same host are followed. */
function httpProbe(
  action: HTTPGetAction,
  timeout: number,
  target: ProbeTarget,
  done: (result: ProbeResult) => void,
): void {
  const port = portOf(action.port, target.container);
  if (typeof port !== 'number') return done(port);
  const ip = action.host || target.podIp;
  const path = action.path?.startsWith('/') === false ? `/${action.path}` : action.path || '/';
  const url = new URL(path, `${(action.scheme ?? 'HTTP').toLowerCase()}://${ip}:${port}`);
  get({ action, ip, timeout, target, done }, url, port, MOST_REDIRECTS);
}

function get(probe: HttpProbe, url: URL, port: number, redirects: number): void {
  const { action, ip, timeout, target, done } = probe;
  const failed = `Get "${url.protocol}//${ip}:${port}${url.pathname}${url.search}":`;
  const dialled = target.network.dial(ip, port, target.hostIp);
  if (dialled === 'timeout') return done(failure(`${failed} ${TIMED_OUT}`));
  if (dialled === 'refused') return done(failure(`${failed} dial tcp ${ip}:${port}: connect: connection refused`));
  const headers = [
    'host',
    hostHeader(action, ip, port),
    'user-agent',
    USER_AGENT,
    'accept',
    '*/*',
    'connection',
    'close',
  ];
  for (const { name, value } of action.httpHeaders ?? []) if (name.toLowerCase() !== 'host') headers.push(name, value);
  const request = {
    method: 'GET',
    url: `${url.pathname}${url.search}`,
    httpVersion: '1.1',
    headers,
    remoteAddress: target.hostIp,
    ...(url.protocol === 'https:' && { tls: { serverName: '' } }),
  };
  exchange(dialled.workload, request, target.clock, timeout, (result) => {
    const next = redirects > 0 ? redirectOf(result, url) : undefined;
    if (next !== undefined) get(probe, next, Number(next.port) || port, redirects - 1);
    else done(judge(result, failed, target));
  });
}

function judge(result: ExchangeResult, failed: string, { clock, readyAt }: ProbeTarget): ProbeResult {
  if (result === 'timeout') return failure(`${failed} ${TIMED_OUT}`);
  if (result === 'no-tls') return failure(`${failed} http: server gave HTTP response to HTTPS client`);
  if (result === 'reset') return failure(`${failed} EOF`);
  const status = clock.now() < readyAt ? 503 : result.status;
  return status >= 200 && status < 400 ? SUCCESS : failure(`HTTP probe failed with statuscode: ${status}`);
}

/** Where a redirect leads on the same host; undefined when it is none, or leads away (which counts as success). */
function redirectOf(result: ExchangeResult, url: URL): URL | undefined {
  if (typeof result === 'string' || result.status < 300 || result.status > 399) return undefined;
  const location = headerValue(result.headers, 'location');
  if (location === undefined || !URL.canParse(location, url)) return undefined;
  const next = new URL(location, url);
  return next.hostname === url.hostname ? next : undefined;
}

function hostHeader({ httpHeaders }: HTTPGetAction, ip: string, port: number): string {
  return httpHeaders?.find(({ name }) => name.toLowerCase() === 'host')?.value ?? `${ip}:${port}`;
}

/** pkg/probe/tcp: whether somebody listens. */
function tcpProbe({ port: wanted, host }: NonNullable<Probe['tcpSocket']>, target: ProbeTarget): ProbeResult {
  const port = portOf(wanted, target.container);
  if (typeof port !== 'number') return port;
  const ip = host || target.podIp;
  const dialled = target.clock.now() < target.readyAt ? 'refused' : target.network.dial(ip, port, target.hostIp);
  if (dialled === 'refused') return failure(`dial tcp ${ip}:${port}: connect: connection refused`);
  return dialled === 'timeout' ? failure(`dial tcp ${ip}:${port}: i/o timeout`) : SUCCESS;
}

/** pkg/probe/grpc: grpc.health.v1.Health says whether it serves; of what is known to listen only, that it does. */
function grpcProbe(
  { port, service = '' }: NonNullable<Probe['grpc']>,
  timeout: number,
  target: ProbeTarget,
  done: (result: ProbeResult) => void,
): void {
  const address = `${target.podIp}:${port}`;
  const dialled = target.network.dial(target.podIp, port, target.hostIp);
  const unreachable = failure(
    `timeout: failed to connect service ${goQuote(address)} within ${formatDuration(timeout)}: context deadline exceeded`,
  );
  if (typeof dialled === 'string' || speaksTls(dialled.workload)) return done(unreachable);
  if (dialled.workload.grpc === undefined) return done(judgeListener(target));
  exchangeGrpc(dialled.workload, healthCheck(service, target.hostIp), target.clock, timeout, (result) =>
    done(judgeHealth(result, target, timeout)),
  );
}

/** Programs that stand for images whose gRPC is not simulated. */
function judgeListener({ clock, readyAt }: ProbeTarget): ProbeResult {
  return clock.now() < readyAt ? failure(UNHEALTHY) : SUCCESS;
}

const UNHEALTHY = 'service unhealthy (responded with "NOT_SERVING")';
const SERVING = '\u0008\u0001';

function healthCheck(service: string, remoteAddress: string): HttpRequest {
  const message = service === '' ? '' : `\n${String.fromCharCode(service.length)}${service}`;
  const { headers, ...sent } = bodyOf(`\0\0\0\0${String.fromCharCode(message.length)}${message}`);
  return {
    method: 'POST',
    url: '/grpc.health.v1.Health/Check',
    httpVersion: '2.0',
    headers: ['content-type', 'application/grpc', 'te', 'trailers', 'user-agent', `${USER_AGENT} grpc-go`, ...headers],
    remoteAddress,
    ...sent,
  };
}

function judgeHealth(result: ExchangeResult, { clock, readyAt }: ProbeTarget, timeout: number): ProbeResult {
  if (typeof result === 'string')
    return failure(`timeout: health rpc did not complete within ${formatDuration(timeout)}`);
  const code = headerValue(result.trailers ?? result.headers, 'grpc-status');
  if (code === '12') return failure('this server does not implement the grpc health protocol (grpc.health.v1.Health)');
  if (code !== '0') return failure(`health rpc probe failed: rpc error: code = ${code}`);
  return result.body.endsWith(SERVING) && clock.now() >= readyAt ? SUCCESS : failure(UNHEALTHY);
}

/** A port by number or by its name in the container (pkg/probe/util.go ResolveContainerPort). */
export function portOf(port: number | string, { ports = [] }: Container): number | ProbeResult {
  const number =
    typeof port === 'number' ? port : (ports.find(({ name }) => name === port)?.containerPort ?? Number(port));
  if (Number.isInteger(number) && number > 0 && number < 65536) return number;
  const output = Number.isInteger(number)
    ? `invalid port number: ${number}`
    : `strconv.Atoi: parsing ${goQuote(String(port))}: invalid syntax`;
  return { outcome: 'error', output };
}

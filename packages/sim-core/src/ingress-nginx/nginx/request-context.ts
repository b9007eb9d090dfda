import type { Cancel } from '../../sim/clock.ts';
import type { Duplex, HttpResponse } from '../../workloads/workload.ts';
import type { Reason } from './answer.ts';
import type { Balancer } from './balancers/balancer.ts';
import type { CompiledLocation, CompiledServer } from './compile.ts';
import type { Endpoint } from './configuration.ts';
import type { Attempt, CanaryDecision, ServerMatch } from './decision-record.ts';
import type { EdgeRequest } from './edge-request.ts';
import type { LimitedResponse } from './limit-rate.ts';
import type { RequestBody } from './request-body.ts';
import type { Running } from './running.ts';
import type { UpstreamExchange } from './upstream-exchange.ts';

/**
 * One request on its way through the phases: each phase reads what earlier ones found and fills in its own field. One
 * object per request, with every field set from the start so that all requests have one shape.
 */
export class RequestContext {
  readonly id: number;
  request: EdgeRequest;
  /** Where the answer goes; given up when the request has ended. */
  response: HttpResponse;
  /** `$scheme`. */
  readonly scheme: 'http' | 'https';
  /** Configuration and balancers that the request began with; a reload does not touch it. */
  readonly running: Running;
  /** Request time in milliseconds. */
  readonly startedAt: number;
  /** True for `explain`: nothing is drawn, counted, sent or recorded. */
  readonly hypothetical: boolean;

  // What the head says (phases/read-head.ts). '' where a header is missing.
  httpHost = '';
  /** Bytes of the head. */
  headLength = 0;
  contentLength = -1;
  chunked = false;
  upgrade = '';
  /** Hands the client's raw connection over; undefined where the client asks for no other protocol. */
  takeOver: (() => Duplex) | undefined = undefined;
  requestId = '';
  forwardedFor = '';
  forwardedHost = '';
  forwardedPort = '';
  forwardedProto = '';
  /** `$remote_addr`: the peer, or what `use-forwarded-headers` makes of it. */
  remoteAddr = '';
  /** `$host`. */
  host = '';
  /** `$uri`. */
  path = '';
  args: string | undefined = undefined;
  /** `$remote_user`. */
  remoteUser = '';

  /** `$pass_access_scheme`, `$best_http_host`, `$pass_port`: the values that the pod is told. */
  accessScheme = '';
  bestHttpHost = '';
  passPort = '';

  server: CompiledServer | undefined = undefined;
  serverMatch: ServerMatch = 'default';
  location: CompiledLocation | undefined = undefined;
  /** The path lacks only the slash at its end (ngx_http_core_module answers 301). */
  wantsSlash = false;

  // What the rewrite phase found (phases/rewrite.ts).
  /** Headers of CORS for the answer, flat. */
  corsHeaders: readonly string[] | undefined = undefined;
  /** What the regex of a rewrite captured. */
  captures: readonly (string | undefined)[] | undefined = undefined;
  /** Path after the rewrite. */
  rewritten: string | undefined = undefined;
  /** Path and query for the pod, where they are not the client's own. */
  upstreamUri: string | undefined = undefined;

  /** Zone in which the request is counted while it lasts. */
  limitedZone: string | undefined = undefined;
  /** What limits count it by. */
  limitKey = '';
  /** Headers that the auth service gives to the pod, flat, and its cookie for the client. */
  authHeaders: readonly string[] | undefined = undefined;
  authCookie: string | undefined = undefined;
  /** `Authentication-Info` of digest authentication. */
  authenticationInfo: string | undefined = undefined;

  primary: Balancer | undefined = undefined;
  balancer: Balancer | undefined = undefined;
  canary: CanaryDecision = 'none';
  toCanary = false;
  canaryInput: string | undefined = undefined;
  draw = 0;
  drawTotal = 0;
  weight = 0;

  /** Body read into memory before a pod is asked, where its length was not announced. */
  bufferedBody: readonly Uint8Array[] | undefined = undefined;
  body: RequestBody | undefined = undefined;
  endpoint: Endpoint | undefined = undefined;
  /** Session cookie that the answer sets. */
  setCookie: string | undefined = undefined;
  /** Status for which the error backend answers; 0 for none. */
  errorCode = 0;
  exchange: UpstreamExchange | undefined = undefined;
  /** The answer, where limit_rate holds it back. */
  limited: LimitedResponse | undefined = undefined;
  /** Whether the client's leaving is noticed. */
  watched = false;
  cancelTimer: Cancel | undefined = undefined;
  tries = 0;
  attempts: Attempt[] | undefined = undefined;
  /** Request time at which the try under way began. */
  triedAt = 0;

  /** Milliseconds that it took; set when it has ended. */
  duration = 0;
  status = 0;
  upstreamStatus = 0;
  upstreamTime = 0;
  /** What nginx says of the try that came to nothing last; '' for nothing. */
  upstreamError = '';
  bytesSent = 0;
  /** Bytes of the answer's head; counted where somebody measures. */
  headSent = 0;
  /** Request time at which the pod's head came; -1 before. */
  headerAt = -1;
  redirectTo: string | undefined = undefined;
  reason: Reason | undefined = undefined;
  finished = false;

  constructor(
    id: number,
    request: EdgeRequest,
    response: HttpResponse,
    scheme: 'http' | 'https',
    running: Running,
    startedAt: number,
    hypothetical = false,
  ) {
    this.id = id;
    this.request = request;
    this.response = response;
    this.scheme = scheme;
    this.running = running;
    this.startedAt = startedAt;
    this.hypothetical = hypothetical;
  }
}

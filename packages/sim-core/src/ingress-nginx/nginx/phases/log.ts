import { DEFAULT_UPSTREAM } from '../configuration.ts';
import type { DecisionRecord } from '../decision-record.ts';
import type { RequestContext } from '../request-context.ts';
import { countSplit } from '../split-counters.ts';

/** Ends a request, once: its decision record, its split counter, its access log line (ngx_http_log_module). */
export function log(context: RequestContext): void {
  if (context.finished) return;
  context.finished = true;
  if (context.hypothetical) return;
  const { running } = context;
  const now = running.clock.requestNow();
  context.duration = now - context.startedAt;
  if (context.tries > (context.attempts?.length ?? 0)) {
    context.upstreamTime = now - context.triedAt;
    if (context.endpoint !== undefined) context.balancer?.ended(context.endpoint, context.upstreamTime, now);
  }
  if (context.limitedZone !== undefined) running.zones.leaves(context.limitedZone, context.limitKey);
  const slot = running.records.slot(context.id);
  writeRecord(context, slot);
  running.records.written(slot);
  running.status.ended++;
  running.measure?.(context);
  const counter = context.location === undefined ? undefined : running.splitOf.get(context.location.location);
  if (counter !== undefined) countSplit(counter, context.canary, context.toCanary, context.status);
  if (isLogged(context)) running.accessLog(running.accessLines.line(context));
}

function isLogged({ location, running, request }: RequestContext): boolean {
  if (location?.location.directives.accessLog === false || running.http.disableAccessLog) return false;
  const { unlogged } = running.compiledHttp;
  return unlogged === undefined || !unlogged(request.url);
}

/** Copies what the phases decided into a slot of the ring. */
export function writeRecord(context: RequestContext, slot: DecisionRecord): void {
  const { running, request, endpoint } = context;
  slot.startedAt = context.startedAt;
  slot.duration = context.duration;
  slot.origin = request.origin ?? 'client';
  slot.via = request.via;
  slot.controllerPod = running.controllerPod;
  slot.configuration = running.configuration;
  slot.method = request.method;
  slot.url = request.url;
  slot.headers = request.headers;
  slot.scheme = context.scheme;
  slot.httpVersion = request.httpVersion;
  slot.host = context.host;
  slot.clientAddress = context.remoteAddr;
  slot.path = context.path;
  slot.server = context.server?.server;
  slot.serverMatch = context.serverMatch;
  slot.location = context.location?.location;
  slot.locationMatch = context.location?.match ?? 'prefix';
  slot.primary = context.primary?.upstream;
  slot.upstream = context.balancer?.upstream;
  slot.canary = context.canary;
  slot.toCanary = context.toCanary;
  slot.canaryInput = context.canaryInput;
  slot.draw = context.draw;
  slot.drawTotal = context.drawTotal;
  slot.weight = context.weight;
  slot.endpoint = endpoint === undefined ? '' : endpoint.address;
  slot.endpointPort = endpoint === undefined ? 0 : endpoint.port;
  slot.pod = endpoint?.pod;
  slot.tries = context.tries;
  slot.attempts = context.attempts;
  slot.status = context.status;
  slot.upstreamStatus = context.upstreamStatus;
  slot.upstreamTime = context.upstreamTime;
  slot.upstreamError = context.upstreamError;
  slot.bytesSent = context.bytesSent;
  slot.redirectTo = context.redirectTo;
  slot.setCookie = context.setCookie;
  slot.errorCode = context.errorCode;
  slot.reason = context.reason ?? (slot.upstream?.name === DEFAULT_UPSTREAM ? 'default-backend' : undefined);
}

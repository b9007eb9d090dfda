import type { DialFailure, Dialled } from '../../network/network.ts';
import type { Clock } from '../../sim/clock.ts';
import type { RandomStream } from '../../sim/random.ts';
import { AccessLog, type AccessLogLine } from './access-log.ts';
import type { Balancer } from './balancers/balancer.ts';
import { newBalancer } from './balancers/new-balancer.ts';
import { buildCertificateTable, type CertificateTable } from './certificate-table.ts';
import { compileServers, type ServerTable } from './compile.ts';
import { type CompiledHttp, compileHttp } from './compile-http.ts';
import { type CompiledHeaders, compileHeaders, namesOf } from './compiled-headers.ts';
import type { Location, NginxConfiguration, Server } from './configuration.ts';
import type { DecisionRecords } from './decision-record.ts';
import { DigestNonces } from './digest/nonces.ts';
import type { HttpDirectives } from './directives.ts';
import type { Origin } from './edge-request.ts';
import { HeaderNames } from './header-names.ts';
import { LimitZones } from './limit-zones.ts';
import { ProxyCache } from './proxy-cache.ts';
import type { RequestContext } from './request-context.ts';
import type { SplitCounter, SplitCounters } from './split-counters.ts';
import type { StubStatus } from './stub-status.ts';
import type { CertificateReader } from './upstream-certificate.ts';

/** What one proxy is given for its whole life. */
export interface ProxyParts {
  readonly clock: Clock;
  readonly podIp: string;
  /** `namespace/name`. */
  readonly controllerPod: string;
  readonly records: DecisionRecords;
  readonly splits: SplitCounters;
  readonly traceHeader: boolean;
  dial(address: string, port: number): Dialled | DialFailure;
  /** Address of a host name, as the controller's pod resolves it. */
  resolve(host: string): string | undefined;
  /** The stream of canary draws of a primary upstream; the same one every time. */
  drawStream(origin: Origin, upstream: string): RandomStream;
  /** 32 hexadecimal digits. */
  newRequestId(): string;
  /** Decides where round robin begins, and other choices of balancers. */
  readonly balancerChance: RandomStream;
  /** Reads what pods that speak TLS show. */
  readonly certificateReader: CertificateReader;
  /** Takes a line of the access log, to be put into words when it is read. */
  accessLog(line: AccessLogLine): void;
  /** Takes a line of the error log. */
  errorLog(line: string): void;
  /** What OpenSSL says of a list of ciphers that it does not take; '' for one that it takes. */
  cipherFailure(ciphers: string): string;
  /** Connections and requests. */
  readonly status: StubStatus;
  /** Measures a request that has ended; undefined where nobody does. */
  readonly measure: ((context: RequestContext) => void) | undefined;
}

/** One loaded configuration with everything that requests look up, ready made. A reload makes a new one. */
export interface Running extends ProxyParts {
  readonly configuration: NginxConfiguration;
  readonly http: HttpDirectives;
  readonly compiledHttp: CompiledHttp;
  readonly table: ServerTable;
  readonly certificates: CertificateTable;
  /** By upstream name; only upstreams with endpoints have one. */
  readonly balancers: ReadonlyMap<string, Balancer>;
  readonly names: HeaderNames;
  readonly responseNames: HeaderNames;
  /** Headers that every answer gets (add-headers), in place of a pod's own of these names. */
  readonly addedHeaders: CompiledHeaders;
  readonly addedHeaderNames: ReadonlySet<string>;
  /** Headers that every request to a pod gets (proxy-set-headers). */
  readonly setHeaders: CompiledHeaders;
  /** Lines of the access log; they outlive reloads. */
  readonly accessLines: AccessLog;
  /** What limits count; it outlives reloads. */
  readonly zones: LimitZones;
  /** What digest authentication gave out; it outlives reloads. */
  readonly digestNonces: DigestNonces;
  /** What auth services said; it outlives reloads. */
  readonly authCache: ProxyCache;
  /** Counters of the locations that have a canary. */
  readonly splitOf: ReadonlyMap<Location, SplitCounter>;
}

/**
 * Loads a configuration. Balancers of upstreams that did not change stay, so that round robin goes on where it was
 * (rootfs/etc/nginx/lua/balancer.lua, sync_backend).
 */
export function load(configuration: NginxConfiguration, parts: ProxyParts, previous?: Running): Running {
  const { http } = configuration;
  const compiledHttp = compileHttp(http, configuration.servers.some(isLimited));
  const table = compileServers(configuration, previous);
  if (previous !== undefined) refuseCiphers(table, previous.table, parts);
  return {
    ...parts,
    configuration,
    http,
    compiledHttp,
    table,
    certificates: buildCertificateTable(configuration),
    balancers: buildBalancers(configuration, parts, previous),
    names: new HeaderNames(http.underscoresInHeaders, http.ignoreInvalidHeaders),
    responseNames: previous?.responseNames ?? new HeaderNames(true, false),
    addedHeaders: compileHeaders(http.addHeaders),
    addedHeaderNames: namesOf(http.addHeaders),
    setHeaders: compileHeaders(http.proxySetHeaders),
    accessLines: previous?.accessLines ?? new AccessLog(),
    zones: previous?.zones ?? new LimitZones(),
    digestNonces: previous?.digestNonces ?? new DigestNonces(),
    authCache: previous?.authCache ?? new ProxyCache(),
    splitOf: parts.splits.track(parts.controllerPod, configuration, parts.clock.now()),
  };
}

/** @throws Error in nginx's words for ciphers of which none is known; what was loaded before is known to be good */
function refuseCiphers(table: ServerTable, before: ServerTable, { cipherFailure }: ProxyParts): void {
  const known = ciphersOf(before);
  for (const ciphers of ciphersOf(table)) {
    const failure = known.has(ciphers) ? '' : cipherFailure(ciphers);
    if (failure !== '')
      throw new Error(`nginx: [emerg] SSL_CTX_set_cipher_list("${ciphers}") failed (SSL: ${failure})`);
  }
}

function isLimited({ locations }: Server): boolean {
  return locations.some(({ directives }) => directives.limitReq.length > 0 || directives.limitConn !== undefined);
}

function ciphersOf({ compiled }: ServerTable): Set<string> {
  return new Set([...compiled.values()].map(({ ssl }) => ssl.ciphers));
}

function buildBalancers(
  configuration: NginxConfiguration,
  parts: ProxyParts,
  previous?: Running,
): Map<string, Balancer> {
  const balancers = new Map<string, Balancer>();
  for (const upstream of configuration.upstreams) {
    if (upstream.endpoints.length === 0) continue;
    const known = previous?.balancers.get(upstream.name);
    balancers.set(
      upstream.name,
      known?.upstream === upstream ? known : newBalancer(upstream, parts.balancerChance, known),
    );
  }
  return balancers;
}

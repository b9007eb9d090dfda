import type { Location, Server } from './configuration.ts';
import type { ProxySsl } from './directives.ts';

/** How a location shakes hands with its pods: each directive is its own, or else the server's (ngx_conf_merge_…). */
export interface CompiledProxySsl {
  /** Authorities, PEM; '' where the pod's certificate is taken for good. */
  readonly caPem: string;
  readonly verifyDepth: number;
  /** Name for the certificate and the handshake. */
  readonly name: string;
  readonly namesServer: boolean;
  readonly protocols: readonly string[];
  /** What the pod is shown, PEM; '' for nothing. */
  readonly certPem: string;
}

/** `$proxy_host`: every location passes to the one upstream in which Lua chooses a pod (template.go, buildProxyPass). */
const UPSTREAM_BALANCER = 'upstream_balancer';
const PROTOCOLS: readonly string[] = Object.freeze(['TLSv1.2', 'TLSv1.3']);

/** The template writes what needs authorities only where there are some, and a certificate only where there is one (nginx.tmpl). */
export function compileProxySsl(server: Server, location: Location): CompiledProxySsl | undefined {
  const own = location.directives.proxySsl;
  const inherited = server.directives.proxySsl;
  if (own === undefined && inherited === undefined) return undefined;
  const trusting = withAuthorities(own) ?? withAuthorities(inherited);
  const showing = withCertificate(own) ?? withCertificate(inherited);
  const named = own?.name ? own : namedByServer(inherited);
  return {
    caPem: trusting?.verify === 'on' ? trusting.caPem : '',
    verifyDepth: trusting?.verifyDepth ?? 1,
    name: named?.name || UPSTREAM_BALANCER,
    namesServer: (own ?? namedByServer(inherited))?.serverName === 'on',
    protocols: trusting?.protocols.split(' ') ?? PROTOCOLS,
    certPem: showing?.certPem ?? '',
  };
}

function withAuthorities(ssl: ProxySsl | undefined): ProxySsl | undefined {
  return ssl !== undefined && ssl.caPem !== '' ? ssl : undefined;
}

function withCertificate(ssl: ProxySsl | undefined): ProxySsl | undefined {
  return ssl !== undefined && ssl.certPem !== '' ? ssl : undefined;
}

/** A server writes the name only beside its authorities. */
function namedByServer(ssl: ProxySsl | undefined): ProxySsl | undefined {
  return withAuthorities(ssl)?.name ? ssl : undefined;
}

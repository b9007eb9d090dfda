import type { ClientAuth } from '../annotations/define-annotation.ts';
import { DEFAULT_SERVER, type Source } from '../nginx/configuration.ts';
import type { ServerDirectives } from '../nginx/directives.ts';
import type { ParsedIngress, ServerDraft } from './draft.ts';
import type { ServerTls } from './server-tls-draft.ts';
import { type Servers, sourceOf } from './servers.ts';

/**
 * Client certificates are asked for by the whole server, as the first Ingress with authorities says; canaries have a say
 * too, and rules without a server of their own speak for the default one (controller.go, getBackendServers). Ciphers are
 * those of the first Ingress that names some, but for canaries (createServers). What pods are trusted for and shown is the
 * first Ingress's that has authorities.
 * @param sharesProxySsl whether `proxy-ssl-…` hold in the whole server
 */
export function configureTls(servers: Servers, ingresses: readonly ParsedIngress[], sharesProxySsl: boolean): void {
  for (const parsed of ingresses) {
    for (const { host, paths } of parsed.rules) {
      const server = servers.get(host) ?? servers.get(DEFAULT_SERVER);
      if (server === undefined) continue;
      const source = sourceOf(parsed, 'spec', undefined);
      if (paths !== undefined || host === DEFAULT_SERVER) {
        setClientAuth(server, parsed.directives.clientAuth, source);
        if (sharesProxySsl) setProxySsl(server, parsed, source);
      }
      if (parsed.directives.canary || !servers.has(host)) continue;
      setCiphers(server, parsed, source);
      server.tls.passthrough ||= parsed.directives.sslPassthrough;
    }
  }
}

function setClientAuth({ tls, sources }: ServerDraft, clientAuth: ClientAuth | undefined, source: Source): void {
  if (tls.clientAuthError === '' && clientAuth !== undefined && clientAuth.error !== '') {
    tls.clientAuthError = clientAuth.error;
    sources.clientVerificationError = source;
  }
  if (tls.clientAuth?.verification !== undefined) return;
  tls.clientAuth = clientAuth;
  if (clientAuth === undefined) return;
  sources.clientVerification = source;
  sources.clientNamePattern = source;
}

function setProxySsl({ tls, sources }: ServerDraft, { directives }: ParsedIngress, source: Source): void {
  if (tls.proxySsl !== undefined && tls.proxySsl.caPem !== '') return;
  tls.proxySsl = directives.location.proxySsl;
  if (tls.proxySsl !== undefined) sources.proxySsl = source;
}

function setCiphers({ tls, sources }: ServerDraft, { directives }: ParsedIngress, source: Source): void {
  if (tls.sslCiphers === '' && directives.sslCiphers !== '') {
    tls.sslCiphers = directives.sslCiphers;
    sources.sslCiphers = source;
  }
  if (tls.sslPreferServerCiphers === undefined && directives.sslPreferServerCiphers !== undefined) {
    tls.sslPreferServerCiphers = directives.sslPreferServerCiphers;
    sources.sslPreferServerCiphers = source;
  }
}

/** The directives of a finished server. */
export type TlsDirectives = Pick<
  ServerDirectives,
  | 'clientVerification'
  | 'clientNamePattern'
  | 'clientVerificationError'
  | 'sslCiphers'
  | 'sslPreferServerCiphers'
  | 'proxySsl'
>;

export function tlsDirectives({
  clientAuth,
  clientAuthError,
  sslCiphers,
  sslPreferServerCiphers,
  proxySsl,
}: ServerTls): TlsDirectives {
  const verification = clientAuth?.verification;
  return {
    clientNamePattern: clientAuth?.matchCn ?? '',
    clientVerificationError: clientAuthError,
    sslCiphers,
    ...(verification === undefined ? {} : { clientVerification: verification }),
    ...(proxySsl === undefined ? {} : { proxySsl }),
    ...(sslPreferServerCiphers === undefined ? {} : { sslPreferServerCiphers }),
  };
}

import type { Server } from './configuration.ts';
import type { HttpDirectives } from './directives.ts';

/** How a server shakes hands, but for its certificate; the same object as long as nothing changes. */
export interface ServerSsl {
  /** Ciphers of TLS 1.2, in OpenSSL's words. */
  readonly ciphers: string;
  readonly preferServerCiphers: boolean;
  /** Authorities of the clients that are asked for a certificate; undefined: nobody is asked. */
  readonly client?: { readonly caPem: string; readonly crlPem: string };
}

/** `ssl_ciphers`, `ssl_prefer_server_ciphers`, `ssl_verify_client` (ngx_http_ssl_module). */
export function compileSsl({ directives }: Server, http: HttpDirectives): ServerSsl {
  const { sslCiphers, sslPreferServerCiphers, clientVerification } = directives;
  const asks = clientVerification !== undefined && clientVerification.verifyClient !== 'off';
  return {
    ciphers: sslCiphers === '' ? http.sslCiphers : sslCiphers,
    preferServerCiphers: sslPreferServerCiphers ?? http.sslPreferServerCiphers,
    ...(asks ? { client: { caPem: clientVerification.caPem, crlPem: clientVerification.crlPem } } : {}),
  };
}

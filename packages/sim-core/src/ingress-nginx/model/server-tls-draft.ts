import type { ClientAuth } from '../annotations/define-annotation.ts';
import type { ProxySsl } from '../nginx/directives.ts';

/** What a server asks of TLS clients while it is gathered. */
export interface ServerTls {
  clientAuth: ClientAuth | undefined;
  /** Why clients cannot be verified; the first Ingress with a reason counts. */
  clientAuthError: string;
  sslCiphers: string;
  sslPreferServerCiphers: boolean | undefined;
  proxySsl: ProxySsl | undefined;
  passthrough: boolean;
}

export function newServerTls(): ServerTls {
  return {
    clientAuth: undefined,
    clientAuthError: '',
    sslCiphers: '',
    sslPreferServerCiphers: undefined,
    proxySsl: undefined,
    passthrough: false,
  };
}

import { coversHost } from '../nginx/certificate-table.ts';
import type { Server } from '../nginx/configuration.ts';
import { tlsDirectives } from './server-tls.ts';
import { newServerTls } from './server-tls-draft.ts';
import type { Servers } from './servers.ts';

/**
 * A server for the other name of every host that asks for it, `www.` with or without: it only redirects. A name that has
 * an Ingress of its own gets none (pkg/util/ingress/ingress.go, BuildRedirects).
 */
export function wwwRedirects(servers: Servers): Server[] {
  return [...servers.values()].flatMap(({ hostname, fromToWww, certificate, sources }): Server[] => {
    const other = hostname.startsWith('www.') ? hostname.slice('www.'.length) : `www.${hostname}`;
    if (!fromToWww || servers.has(other)) return [];
    const covered = certificate !== undefined && coversHost(certificate, other);
    const directives = { serverAlias: [], appRoot: '', redirectTo: hostname, ...tlsDirectives(newServerTls()) };
    const { redirectTo } = sources;
    const from = redirectTo === undefined ? {} : { sources: { redirectTo } };
    return [{ hostname: other, locations: [], directives, ...from, ...(covered ? { certificate } : {}) }];
  });
}

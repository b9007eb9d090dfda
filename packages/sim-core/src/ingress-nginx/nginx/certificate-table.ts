import { type Certificate, DEFAULT_SERVER, type NginxConfiguration } from './configuration.ts';

/** Certificates by server name, as the controller posts them to Lua (rootfs/etc/nginx/lua/certificate.lua). */
export type CertificateTable = ReadonlyMap<string, Certificate>;

export function buildCertificateTable(configuration: NginxConfiguration): CertificateTable {
  const table = new Map<string, Certificate>();
  for (const { hostname, certificate } of configuration.servers) {
    if (certificate !== undefined) table.set(hostname.toLowerCase(), certificate);
  }
  table.set(DEFAULT_SERVER, table.get(DEFAULT_SERVER) ?? configuration.defaultCertificate);
  return table;
}

/** The entry for a name: itself, or its one-label wildcard. */
function entryFor(table: CertificateTable, host: string): Certificate | undefined {
  const exact = table.get(host);
  if (exact !== undefined) return exact;
  const dot = host.indexOf('.');
  return dot > 0 ? table.get(`*${host.slice(dot)}`) : undefined;
}

/** Whether `ssl-redirect` acts for this host: the certificate that it has may well be the fake one. */
export function hasCertificateFor(table: CertificateTable, host: string): boolean {
  return table.size === 1 ? host === DEFAULT_SERVER : entryFor(table, host) !== undefined;
}

/** The certificate for the name of a TLS hello; without a name, or for an unknown one, the default server's. */
export function certificateForSni(table: CertificateTable, sni: string | undefined): Certificate {
  const name = (sni ?? '').replace(/\.$/, '').toLowerCase();
  return (name === '' ? undefined : entryFor(table, name)) ?? (table.get(DEFAULT_SERVER) as Certificate);
}

import { type Certificate, DEFAULT_SERVER, type NginxConfiguration } from './configuration.ts';

/** Certificates by server name, as the controller posts them to Lua (rootfs/etc/nginx/lua/certificate.lua). */
export type CertificateTable = ReadonlyMap<string, Certificate>;

export function buildCertificateTable(configuration: NginxConfiguration): CertificateTable {
  const table = new Map<string, Certificate>();
  for (const { hostname, directives, certificate } of configuration.servers) {
    if (certificate !== undefined) addServer(table, [hostname, ...directives.serverAlias], certificate);
  }
  table.set(DEFAULT_SERVER, table.get(DEFAULT_SERVER) ?? configuration.defaultCertificate);
  return table;
}

/** A server's own name takes whatever certificate it has; an alias only one that covers it (controller/nginx.go). */
function addServer(
  table: Map<string, Certificate>,
  [own = '', ...aliases]: readonly string[],
  certificate: Certificate,
): void {
  table.set(own.toLowerCase(), certificate);
  for (const alias of aliases) if (coversHost(certificate, alias)) table.set(alias.toLowerCase(), certificate);
}

/** Whether a certificate is good for a host: by its names, or by its common name as of old (controller.go, verifyHostname). */
export function coversHost(
  { dnsNames, commonName }: Pick<Certificate, 'dnsNames' | 'commonName'>,
  host: string,
): boolean {
  return dnsNames.some((name) => matchesHost(name, host)) || matchesHost(commonName, host);
}

/** A name of a certificate: itself, or one label below its wildcard. */
export function matchesHost(name: string, host: string): boolean {
  const [pattern, wanted] = [name.toLowerCase(), host.toLowerCase()];
  if (pattern === wanted) return true;
  if (!pattern.startsWith('*.')) return false;
  const dot = wanted.indexOf('.');
  return dot > 0 && wanted.slice(dot) === pattern.slice(1);
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

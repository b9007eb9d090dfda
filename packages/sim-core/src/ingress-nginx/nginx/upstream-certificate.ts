import { matchesHost } from './certificate-table.ts';
import type { CompiledProxySsl } from './proxy-ssl.ts';

/** What is asked of a certificate. */
export interface ReadCertificate {
  readonly commonName: string;
  readonly issuerCommonName: string;
  readonly dnsNames: readonly string[];
  /** Milliseconds since the epoch. */
  readonly notAfter: number;
}

/** Reads certificates, for a room that knows no bytes. */
export interface CertificateReader {
  /** The first certificate of a PEM text; undefined when there is none that can be read. */
  parse(certPem: string): ReadCertificate | undefined;
  /** Whether the first certificate is one of these, or was signed with the key of one. */
  isSignedBy(certPem: string, caPem: string): boolean;
}

const CERTIFICATES = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * What nginx has against a pod's certificate, in its own words; '' for nothing (ngx_http_upstream.c,
 * ngx_http_upstream_ssl_handshake).
 * @param now milliseconds since the epoch
 */
export function distrust(certPem: string, ssl: CompiledProxySsl, now: number, reader: CertificateReader): string {
  const chain = certPem.match(CERTIFICATES) ?? [];
  const certificate = chain[0] === undefined ? undefined : reader.parse(chain[0]);
  // Nobody here can make certificates, so nobody can look at one.
  if (certificate === undefined) return '';
  const error = verifyChain(chain, ssl, reader) || (certificate.notAfter < now ? '10:certificate has expired' : '');
  if (error !== '') return `upstream SSL certificate verify error: (${error})`;
  return isFor(certificate, ssl.name) ? '' : `upstream SSL certificate does not match "${ssl.name}"`;
}

/** From the pod's own certificate upwards until an authority has signed one (OpenSSL, X509_verify_cert). */
function verifyChain(
  chain: readonly string[],
  { caPem, verifyDepth }: CompiledProxySsl,
  reader: CertificateReader,
): string {
  let [current = '', ...others] = chain;
  for (let depth = 0; ; depth++) {
    if (reader.isSignedBy(current, caPem)) return depth > verifyDepth ? '22:certificate chain too long' : '';
    const issuer = others.find((each) => reader.isSignedBy(current, each));
    if (issuer === undefined) return mistrusted(current, depth, reader);
    current = issuer;
    others = others.filter((each) => each !== issuer);
  }
}

function mistrusted(certificate: string, depth: number, reader: CertificateReader): string {
  const read = reader.parse(certificate);
  if (read === undefined || read.issuerCommonName !== read.commonName)
    return '20:unable to get local issuer certificate';
  return depth === 0 ? '18:self-signed certificate' : '19:self-signed certificate in certificate chain';
}

/** Its names; the common name counts only where it has none (X509_check_host). */
function isFor({ dnsNames, commonName }: ReadCertificate, name: string): boolean {
  return dnsNames.length === 0 ? matchesHost(commonName, name) : dnsNames.some((each) => matchesHost(each, name));
}

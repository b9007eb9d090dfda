import { type Certificates, NO_CERTIFICATES } from '../ingress-nginx/certificates.ts';
import type { Workload } from '../workloads/workload.ts';

const FAILED = 'tls: failed to verify certificate: x509:';

/** A client of one cluster: what it has found out of a certificate it does not find out again until another one is shown. */
export function createTlsClient(certificates: Pick<Certificates, 'parse' | 'isSignedBy'>) {
  let last: readonly unknown[] = [];
  let failure: string | undefined;
  return ({ certificate }: Workload, name: string, caBundle: string | undefined): string | undefined => {
    const shown = [certificate, name, caBundle];
    if (shown.some((each, index) => each !== last[index])) {
      failure = tlsFailure(certificate, name, caBundle, certificates);
      last = shown;
    }
    return failure;
  };
}

/**
 * Why a client would not trust what listens, in the words of Go's crypto/x509; undefined where it does. Inside of the
 * cluster TLS carries no bytes, so this is all that is left of a handshake.
 * @param name that the certificate has to be for
 * @param caBundle base64 of the certificates (PEM) that are trusted; without it only public ones are
 */
function tlsFailure(
  certificate: string | undefined,
  name: string,
  caBundle: string | undefined,
  certificates: Pick<Certificates, 'parse' | 'isSignedBy'>,
): string | undefined {
  if (certificate === undefined) return 'http: server gave HTTP response to HTTPS client';
  // Where nobody can make certificates, nobody can look at one.
  if (certificate === '' || certificates === NO_CERTIFICATES) return undefined;
  const dnsNames = certificates.parse(certificate)?.dnsNames ?? [];
  if (!dnsNames.some((each) => isFor(each, name))) return `${FAILED} ${wrongName(dnsNames, name)}`;
  if (certificates.isSignedBy(certificate, decode(caBundle))) return undefined;
  return `${FAILED} certificate signed by unknown authority`;
}

/** x509.HostnameError */
function wrongName(dnsNames: readonly string[], name: string): string {
  if (dnsNames.length === 0) return 'certificate relies on legacy Common Name field, use SANs instead';
  return `certificate is valid for ${dnsNames.join(', ')}, not ${name}`;
}

function isFor(dnsName: string, name: string): boolean {
  if (!dnsName.startsWith('*.')) return dnsName.toLowerCase() === name.toLowerCase();
  return name.slice(name.indexOf('.')).toLowerCase() === dnsName.slice(1).toLowerCase();
}

function decode(base64 = ''): string {
  try {
    return atob(base64);
  } catch {
    return '';
  }
}

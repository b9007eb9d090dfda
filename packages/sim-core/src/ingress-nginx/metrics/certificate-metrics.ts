import type { Certificates } from '../certificates.ts';
import { type Certificate, DEFAULT_SERVER, type NginxConfiguration } from '../nginx/configuration.ts';
import { type Labels, METRIC_PREFIX, type MetricFamily, type Sample } from './text-format.ts';

/** What is told of the certificates of hosts. */
export interface CertificateState {
  readonly configuration: NginxConfiguration;
  readonly certificates: Certificates;
  /** Only the leader tells when they run out. */
  readonly leads: boolean;
}

interface HostCertificate {
  readonly host: string;
  readonly certificate: Certificate;
}

/** SetSSLExpireTime and SetSSLInfo of controller.go; the fake certificate runs out never. */
export function certificateFamilies(
  { configuration, certificates, leads }: CertificateState,
  constant: Labels,
): MetricFamily[] {
  const { controller_class: of = '', controller_namespace: own = '' } = constant;
  const hosts = hostCertificates(configuration);
  return [
    {
      name: `${METRIC_PREFIX}ssl_certificate_info`,
      help: 'Hold all labels associated to a certificate',
      type: 'gauge',
      samples: hosts.flatMap((each) => info(each, of, certificates)),
    },
    {
      name: `${METRIC_PREFIX}ssl_expire_time_seconds`,
      help: EXPIRE_HELP,
      type: 'gauge',
      samples: leads ? hosts.flatMap((each) => expiry(each, of, own)) : [],
    },
  ];
}

const EXPIRE_HELP = `Number of seconds since 1970 to the SSL Certificate expire.\n\t\t\tAn example to check if this certificate will expire in 10 days is: "${METRIC_PREFIX}ssl_expire_time_seconds < (time() + (10 * 24 * 3600))"`;

function hostCertificates({ servers, defaultCertificate }: NginxConfiguration): HostCertificate[] {
  return servers.flatMap(({ hostname: host, certificate: own }) => {
    const certificate = own ?? (host === DEFAULT_SERVER ? defaultCertificate : undefined);
    return certificate === undefined ? [] : [{ host, certificate }];
  });
}

/** The namespace is the controller's, whoever's the Secret is. */
function expiry({ host, certificate }: HostCertificate, of: string, namespace: string): Sample[] {
  const { notAfter } = certificate;
  if (!Number.isFinite(notAfter)) return [];
  const labels = { class: of, host, namespace, secret_name: secretOf(certificate).name };
  return [{ labels, value: Math.floor(notAfter / 1000) }];
}

function info({ host, certificate }: HostCertificate, of: string, certificates: Certificates): Sample[] {
  const read = certificates.parse(certificate.certPem);
  if (read === undefined) return [];
  const serial = BigInt(`0x${read.serialNumber}`).toString();
  const { namespace, name } = secretOf(certificate);
  const labels = {
    class: of,
    host,
    identifier: `-${serial}`,
    issuer_common_name: read.issuerCommonName,
    issuer_organization: read.issuerOrganization,
    namespace,
    public_key_algorithm: read.publicKeyAlgorithm,
    secret_name: name,
    serial_number: serial,
  };
  return [{ labels, value: 1 }];
}

/** `namespace/name`; the fake one is of no Secret. */
function secretOf({ name }: Certificate): { namespace: string; name: string } {
  const slash = name.indexOf('/');
  return slash < 0 ? { namespace: '', name: '' } : { namespace: name.slice(0, slash), name: name.slice(slash + 1) };
}

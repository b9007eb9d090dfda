import { generateKeyPairSync } from 'node:crypto';
import type { CertificateAndKey } from './certificates.ts';
import { certificatePem, extensions } from './x509.ts';

/** Names that a server goes by. */
export interface ServerNames {
  readonly dnsNames: readonly string[];
  /** IPv4 and IPv6. */
  readonly ipAddresses: readonly string[];
}

/** An authority that clients are told to trust. */
export interface CertificateAuthority {
  /** Its certificate, which signs itself. */
  readonly caPem: string;
  /** Makes a key and a certificate of a server, signed by the authority. */
  issue(names: ServerNames): CertificateAndKey;
}

/**
 * Names of the API server as kubeadm gives them (kubernetes/kubernetes cmd/kubeadm/app/util/pkiutil GetAPIServerAltNames),
 * and those that loopback has. @param serviceAddress cluster IP of the Service kubernetes
 */
export function apiServerNames(serviceAddress = '10.96.0.1'): ServerNames {
  return {
    dnsNames: [
      'localhost',
      'kubernetes',
      'kubernetes.default',
      'kubernetes.default.svc',
      'kubernetes.default.svc.cluster.local',
    ],
    ipAddresses: ['127.0.0.1', '::1', serviceAddress],
  };
}

/** Makes a new authority; its key stays in this process and is written nowhere. */
export function createAuthority(): CertificateAuthority {
  const issuer = { commonName: 'kubernetes' };
  const { privateKey: signingKey, publicKey: authorityKey } = newKey();
  const caPem = certificatePem({
    subject: issuer,
    issuer,
    publicKey: authorityKey,
    signingKey,
    extensions: [...extensions.authority(), ...extensions.subjectKey(authorityKey)],
  });
  const issue = ({ dnsNames, ipAddresses }: ServerNames): CertificateAndKey => {
    const { privateKey, publicKey } = newKey();
    const certPem = certificatePem({
      subject: { commonName: 'kube-apiserver' },
      issuer,
      publicKey,
      signingKey,
      extensions: [
        ...extensions.server(),
        ...extensions.authorityKey(authorityKey),
        ...extensions.names(dnsNames, ipAddresses),
      ],
    });
    return { certPem, keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string };
  };
  return { caPem, issue };
}

function newKey() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

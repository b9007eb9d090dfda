import { type Secret, secrets } from '../../api/core-v1/secret.ts';
import type { Client } from '../../client/client.ts';
import type { Certificates, ParsedCertificate } from '../certificates.ts';
import { coversHost, matchesHost } from '../nginx/certificate-table.ts';
import { type Certificate, FAKE_CERTIFICATE } from '../nginx/configuration.ts';
import type { ParsedIngress } from './draft.ts';

export { coversHost } from '../nginx/certificate-table.ts';

/** A certificate of a Secret that was read, or why it cannot be used. */
interface Known {
  readonly resourceVersion: string | undefined;
  readonly certificate: Certificate | undefined;
}

/**
 * Certificates of Secrets, and the one that is served where none fits. Reading one is costly, so each is remembered until
 * its Secret changes (internal/ingress/controller/store/backend_ssl.go).
 */
export class CertificateStore {
  readonly #client: Client;
  readonly #certificates: Certificates;
  readonly #known = new Map<string, Known>();
  /** Served by default: CN "Kubernetes Ingress Controller Fake Certificate". */
  readonly fake: Certificate;

  constructor(client: Client, certificates: Certificates) {
    this.#client = client;
    this.#certificates = certificates;
    this.fake = new FakeCertificate(certificates);
  }

  /** Certificate of a Secret with tls.crt and tls.key that belong together; undefined otherwise. */
  get(namespace: string, name: string): Certificate | undefined {
    const secret = this.#client.get(secrets, namespace, name);
    if (secret === undefined) return undefined;
    const key = `${namespace}/${name}`;
    const known = this.#known.get(key);
    if (known !== undefined && known.resourceVersion === secret.metadata.resourceVersion) return known.certificate;
    const certificate = this.#read(secret, key);
    this.#known.set(key, { resourceVersion: secret.metadata.resourceVersion, certificate });
    return certificate;
  }

  /** What an Ingress with a tls section gives a host: its Secret's where that covers the host; undefined: the default one. */
  for({ namespace, ingress }: ParsedIngress, host: string): Certificate | undefined {
    const named = ingress.spec.tls?.find(({ hosts = [] }) =>
      hosts.some((each) => each.toLowerCase() === host.toLowerCase()),
    );
    if (named !== undefined) {
      const certificate = named.secretName ? this.get(namespace, named.secretName) : undefined;
      return certificate !== undefined && coversHost(certificate, host) ? certificate : undefined;
    }
    for (const { secretName } of ingress.spec.tls ?? []) {
      const certificate = secretName ? this.get(namespace, secretName) : undefined;
      if (certificate?.dnsNames.some((name) => matchesHost(name, host))) return certificate;
    }
    return undefined;
  }

  #read({ data }: Secret, name: string): Certificate | undefined {
    const certPem = decode(data?.['tls.crt']);
    const keyPem = decode(data?.['tls.key']);
    const parsed: ParsedCertificate | undefined = certPem === '' ? undefined : this.#certificates.parse(certPem);
    if (parsed === undefined || keyPem === '' || !this.#certificates.belongTogether(certPem, keyPem)) return undefined;
    const { commonName, dnsNames, notAfter } = parsed;
    return { name, certPem, keyPem, commonName, dnsNames, notAfter };
  }
}

function decode(base64: string | undefined): string {
  try {
    return base64 === undefined ? '' : atob(base64);
  } catch {
    return '';
  }
}

/** Made when it is first served: most runs never speak TLS (internal/net/ssl/ssl.go, GetFakeSSLCert). */
class FakeCertificate implements Certificate {
  readonly name = FAKE_CERTIFICATE;
  readonly commonName = 'Kubernetes Ingress Controller Fake Certificate';
  readonly dnsNames: readonly string[] = ['ingress.local'];
  readonly notAfter = Number.POSITIVE_INFINITY;
  readonly #certificates: Certificates;
  #made: { certPem: string; keyPem: string } | undefined;

  constructor(certificates: Certificates) {
    this.#certificates = certificates;
  }

  get certPem(): string {
    return this.#make().certPem;
  }

  get keyPem(): string {
    return this.#make().keyPem;
  }

  #make(): { certPem: string; keyPem: string } {
    this.#made ??= this.#certificates.selfSigned({
      commonName: this.commonName,
      organization: 'Acme Co',
      dnsNames: this.dnsNames,
    });
    return this.#made;
  }
}

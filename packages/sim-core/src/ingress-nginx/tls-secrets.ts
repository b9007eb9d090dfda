import type { Secret } from '../api/core-v1/secret.ts';
import type { TlsSecret } from './annotations/lookup.ts';
import type { Certificates } from './certificates.ts';

/** Secrets that hold certificates for annotations, each version read once (controller/store/backend_ssl.go, getPemCertificate). */
export class TlsSecrets {
  readonly #certificates: Certificates;
  readonly #read = new WeakMap<Secret, TlsSecret | undefined>();

  constructor(certificates: Certificates) {
    this.#certificates = certificates;
  }

  /** Undefined for a Secret with neither a key pair nor an authority, or with one that cannot be read. */
  of(secret: Secret): TlsSecret | undefined {
    if (!this.#read.has(secret)) this.#read.set(secret, this.#readSecret(decoded(secret)));
    return this.#read.get(secret);
  }

  #readSecret(data: Readonly<Record<string, string>>): TlsSecret | undefined {
    const { 'tls.crt': certPem, 'tls.key': keyPem, 'ca.crt': caPem = '', 'ca.crl': crlPem = '' } = data;
    const hasPair = certPem !== undefined && keyPem !== undefined;
    if (hasPair && !this.#certificates.belongTogether(certPem, keyPem)) return undefined;
    if (caPem === '' ? !hasPair : this.#certificates.parse(caPem) === undefined) return undefined;
    return {
      caPem,
      crlPem: caPem === '' ? '' : crlPem,
      certPem: hasPair ? certPem : '',
      keyPem: hasPair ? keyPem : '',
    };
  }
}

/** Values of a Secret; one that cannot be read is ''. */
export function decoded(secret: Secret): Record<string, string> {
  return Object.fromEntries(Object.entries(secret.data ?? {}).map(([name, value]) => [name, decode(value)]));
}

function decode(base64: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)));
  } catch {
    return '';
  }
}

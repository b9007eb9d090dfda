/** What a certificate says of itself, as far as the controller asks. */
export interface ParsedCertificate {
  readonly commonName: string;
  readonly issuerCommonName: string;
  readonly issuerOrganization: string;
  /** Hexadecimal. */
  readonly serialNumber: string;
  /** In Go's words: `RSA`, `ECDSA`, `Ed25519`. */
  readonly publicKeyAlgorithm: string;
  readonly dnsNames: readonly string[];
  /** Milliseconds since the epoch. */
  readonly notAfter: number;
}

/** Certificates for a room that knows no bytes: `host/` makes and reads them. */
export interface Certificates {
  /** The first certificate of a PEM text; undefined when there is none that can be read. */
  parse(certPem: string): ParsedCertificate | undefined;
  /** Whether the private key belongs to the certificate. */
  belongTogether(certPem: string, keyPem: string): boolean;
  /** Whether a certificate is one of these, or was signed with the key of one. */
  isSignedBy(certPem: string, caPem: string): boolean;
  /** What OpenSSL says of a list of ciphers that it does not take; '' for one that it takes. */
  cipherFailure(ciphers: string): string;
  selfSigned(subject: {
    commonName: string;
    organization?: string;
    dnsNames: readonly string[];
    /** `P-256` where it is left out. */
    keyType?: 'P-256' | 'RSA-2048';
  }): { readonly certPem: string; readonly keyPem: string };
}

/** Where nobody can make certificates there is no TLS. */
export const NO_CERTIFICATES: Certificates = Object.freeze({
  parse: () => undefined,
  belongTogether: () => false,
  isSignedBy: () => false,
  cipherFailure: () => '',
  selfSigned: () => ({ certPem: '', keyPem: '' }),
});

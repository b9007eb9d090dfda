/** What a client proved of itself in the TLS handshake. */
export interface ClientCertificate {
  /** The certificate that it sent, PEM. */
  readonly pem: string;
  /** Names as RFC 2253 writes them: `CN=alice,O=Acme`. */
  readonly subject: string;
  readonly issuer: string;
  /** Hexadecimal, upper case. */
  readonly serial: string;
  /** SHA-1, hexadecimal, lower case. */
  readonly fingerprint: string;
  /** What is wrong with it in OpenSSL's words (`self-signed certificate`); '' where an authority of the host vouches for it. */
  readonly error: string;
  /** Certificates between it and the authority. */
  readonly intermediates: number;
}

/** Mistakes that `optional_no_ca` forgives (ngx_ssl_verify_error_optional). */
const FORGIVEN: ReadonlySet<string> = new Set([
  'self-signed certificate',
  'self-signed certificate in certificate chain',
  'unable to get issuer certificate',
  'unable to get local issuer certificate',
  'unable to verify the first certificate',
]);

export function isForgivenByNoCa(error: string): boolean {
  return FORGIVEN.has(error);
}

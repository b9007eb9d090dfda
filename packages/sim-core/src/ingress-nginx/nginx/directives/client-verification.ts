/** `ssl_client_certificate`, `ssl_verify_client` and what goes with them: the whole server asks clients for a certificate. */
export interface ClientVerification {
  /** `namespace/secret` that the authorities come from. */
  readonly secret: string;
  /** Certificates of the authorities, PEM. */
  readonly caPem: string;
  /** `ssl_crl`, PEM; '' for none. */
  readonly crlPem: string;
  readonly verifyClient: 'on' | 'off' | 'optional' | 'optional_no_ca';
  /** Most certificates between the client's and an authority's. */
  readonly verifyDepth: number;
  /** `error_page 495 496`: a URL, a path of the server, or the name of a location; '' for nginx's own page. */
  readonly errorPage: string;
  /** Whether pods get the certificate in the header `ssl-client-cert`. */
  readonly passCertificate: boolean;
}

/** `proxy_ssl_…` (ngx_http_proxy_module): how nginx shakes hands with pods that speak TLS. '' for what is left out. */
export interface ProxySsl {
  /** `namespace/secret` that the certificates come from. */
  readonly secret: string;
  /** `proxy_ssl_trusted_certificate`, PEM. Without authorities nothing is verified. */
  readonly caPem: string;
  /** `proxy_ssl_certificate` and its key, PEM: what the pod is shown. */
  readonly certPem: string;
  readonly keyPem: string;
  /** In OpenSSL's words. */
  readonly ciphers: string;
  /** Words between blanks, in their order. */
  readonly protocols: string;
  /** Name that the certificate has to be for, and that the handshake asks for. */
  readonly name: string;
  readonly verify: 'on' | 'off';
  /** Most certificates between the pod's and an authority's. */
  readonly verifyDepth: number;
  /** Whether the handshake names the server (SNI). */
  readonly serverName: 'on' | 'off';
}

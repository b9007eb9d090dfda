/** How a phase ends a request: the proxy answers by itself. */
export interface Answer {
  readonly status: number;
  /** Value of the Location header. */
  readonly location?: string;
  /** Why, in the words of the decision record. */
  readonly reason: Reason;
  /** Body instead of nginx's own page; `return 200` has an empty one. */
  readonly body?: string;
  /** `text/html` where it is left out. */
  readonly contentType?: string;
  /** Further headers, flat. */
  readonly headers?: readonly string[];
}

/** Why the proxy answered by itself, or what went wrong on the way to a pod. */
export type Reason =
  | 'bad-request'
  | 'method-not-allowed'
  | 'uri-too-long'
  | 'headers-too-large'
  | 'plain-http-to-https'
  | 'body-too-large'
  | 'request-timeout'
  | 'denied'
  | 'auto-redirect'
  | 'return'
  | 'ssl-redirect'
  | 'force-ssl-redirect'
  | 'no-endpoints'
  | 'default-backend'
  | 'refused'
  | 'connect-timeout'
  | 'read-timeout'
  | 'head-too-large'
  | 'reset'
  | 'tls-handshake'
  | 'tls-certificate'
  | 'no-http2'
  | 'no-fastcgi'
  | 'passed-through'
  | 'client-closed'
  | 'app-root'
  | 'www-redirect'
  | 'cors-preflight'
  | 'rate-limited'
  | 'too-many-connections'
  | 'access-denied'
  | 'blocked'
  | 'unauthorized'
  | 'auth-request'
  | 'signin'
  | 'misdirected'
  | 'client-certificate-missing'
  | 'client-certificate-error'
  | 'client-name'
  | 'client-verification-error'
  | 'internal-error';

export const BAD_REQUEST: Answer = Object.freeze({ status: 400, reason: 'bad-request' });
export const METHOD_NOT_ALLOWED: Answer = Object.freeze({ status: 405, reason: 'method-not-allowed' });
export const URI_TOO_LONG: Answer = Object.freeze({ status: 414, reason: 'uri-too-long' });
export const HEADERS_TOO_LARGE: Answer = Object.freeze({ status: 494, reason: 'headers-too-large' });
export const PLAIN_HTTP_TO_HTTPS: Answer = Object.freeze({ status: 497, reason: 'plain-http-to-https' });
export const BODY_TOO_LARGE: Answer = Object.freeze({ status: 413, reason: 'body-too-large' });
export const DENIED: Answer = Object.freeze({ status: 503, reason: 'denied' });
export const NO_ENDPOINTS: Answer = Object.freeze({ status: 503, reason: 'no-endpoints' });
export const INTERNAL_ERROR: Answer = Object.freeze({ status: 500, reason: 'internal-error' });

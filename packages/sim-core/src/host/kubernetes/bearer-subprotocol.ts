const PREFIX = 'base64url.bearer.authorization.k8s.io.';

/**
 * The token that a browser sends as a subprotocol, since its WebSockets carry no Authorization header; another subprotocol
 * has to stand beside it (k8s.io/apiserver/pkg/authentication/request/websocket/protocol.go).
 * @returns undefined without one, or when it cannot be read
 */
export function bearerSubprotocol(subprotocols: readonly string[]): string | undefined {
  const tokens = subprotocols.filter((protocol) => protocol.startsWith(PREFIX));
  const [encoded, ...more] = tokens.map((protocol) => protocol.slice(PREFIX.length));
  if (encoded === undefined || more.length > 0 || subprotocols.length === tokens.length) return undefined;
  const token = Buffer.from(encoded, 'base64url');
  return token.toString('base64url') === encoded && token.length > 0 ? token.toString() : undefined;
}

import { expect, test } from 'vitest';
import { bearerSubprotocol } from './bearer-subprotocol.ts';

const protocolOf = (token: string) =>
  `base64url.bearer.authorization.k8s.io.${Buffer.from(token).toString('base64url')}`;

test('the token of a browser stands beside the subprotocol', () => {
  expect(bearerSubprotocol([protocolOf('se?cret'), 'channel.k8s.io'])).toBe('se?cret');
  expect(bearerSubprotocol(['channel.k8s.io'])).toBeUndefined();
});

test.each([
  [[protocolOf('secret')]],
  [[protocolOf('a'), protocolOf('b'), 'channel.k8s.io']],
  [['base64url.bearer.authorization.k8s.io.c2VjcmV0==', 'channel.k8s.io']],
  [['base64url.bearer.authorization.k8s.io.', 'channel.k8s.io']],
])('none that counts: %j', (protocols) => {
  expect(bearerSubprotocol(protocols)).toBeUndefined();
});

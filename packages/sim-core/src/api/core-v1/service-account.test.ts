import { expect, test } from 'vitest';
import { type ServiceAccount, serviceAccounts } from './service-account.ts';

test('an annotation that goes is spoken of when it comes', () => {
  const annotations = { 'kubernetes.io/enforce-mountable-secrets': 'true' };
  const account = (metadata: object): ServiceAccount => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'x', ...metadata },
  });
  const warning =
    'metadata.annotations[kubernetes.io/enforce-mountable-secrets]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets';
  expect(serviceAccounts.warnings?.(account({ annotations }))).toEqual([warning]);
  expect(serviceAccounts.warnings?.(account({ annotations }), account({}))).toEqual([warning]);
  expect(serviceAccounts.warnings?.(account({ annotations }), account({ annotations }))).toEqual([]);
});

import { expect, test } from 'vitest';
import { errorsOf } from '../../test-errors.ts';
import { type Secret, secrets } from '../secret.ts';

const secret = (type: string, data: Record<string, string>): Secret => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'x', namespace: 'default' },
  type,
  data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, btoa(value)])),
});
const pem = (type: string): string => `-----BEGIN ${type}-----\nYWJj\n-----END ${type}-----\n`;

test.each([
  ['{"auths":{}}', []],
  ['abc', ["invalid character 'a' looking for beginning of value"]],
  ['', ['unexpected end of JSON input']],
  ['[]', ['json: cannot unmarshal array into Go value of type map[string]interface {}']],
])('.dockerconfigjson %j', (text, problems) => {
  const object = secret('kubernetes.io/dockerconfigjson', { '.dockerconfigjson': text });
  const start = 'data[.dockerconfigjson]: Invalid value: "<secret contents redacted>"';
  expect(errorsOf(secrets, object, () => {})).toEqual(problems.map((problem) => `${start}: ${problem}`));
});

test.each([
  [pem('CERTIFICATE'), pem('EC PRIVATE KEY'), []],
  ['a', 'b', ['tls: failed to find any PEM data in certificate input']],
  [pem('CERTIFICATE'), 'b', ['tls: failed to find any PEM data in key input']],
  [
    pem('PRIVATE KEY'),
    pem('CERTIFICATE'),
    [
      'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched',
    ],
  ],
  [
    pem('CERTIFICATE'),
    pem('CERTIFICATE'),
    ['tls: found a certificate rather than a key in the PEM for the private key'],
  ],
])('a certificate %j with the key %j', (crt, key, expected) => {
  expect(secrets.warnings?.(secret('kubernetes.io/tls', { 'tls.crt': crt, 'tls.key': key }))).toEqual(expected);
});

import { expect, test } from 'vitest';
import { createCluster } from '../index.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    a: "1"
spec:
  selector:
    app: web
  ports:
  - port: 80
    targetPort: 8080
`;

/** Place and hint of the first complaint about an edited Service. */
function complaint(from: string, to: string): string {
  const text = SERVICE.replace(from, to);
  const { documents } = decodeManifests('f.yaml', text);
  const cluster = createCluster();
  cluster.manifests.addFiles([{ file: 'f.yaml', text }]);
  const [problem] = cluster.manifests.check(documents);
  cluster.stop();
  return `${problem?.line}:${problem?.column} ${problem?.hint}`;
}

test.each([
  ['a misspelt field', 'targetPort', 'tragetPort', '12:5 did you mean "targetPort"?'],
  [
    'a field at the wrong depth',
    '    targetPort',
    '    selector',
    '12:5 "selector" belongs under "spec": check its indentation.',
  ],
  [
    'a field of spec in metadata',
    '  name: web',
    '  name: web\n  ports: []',
    '5:3 "ports" belongs under "spec": check its indentation.',
  ],
  [
    'a field from nowhere',
    '  - port: 80',
    '  - port: 80\n    image: x',
    '12:5 Known here: appProtocol, name, nodePort, port, protocol, targetPort',
  ],
  ['an annotation without quotes', '"1"', '1', '6:8 Annotations are texts: write "1", with quotes.'],
  ['a label without quotes', 'app: web', 'app: true', '9:10 This is a text: write "true", with quotes.'],
  ['a number with quotes', 'port: 80', 'port: "80"', '11:11 Write 80, without quotes.'],
  ['no list', '  - port: 80\n  ', '    port: 80\n', '11:5 A list stands here: each entry begins with "- ".'],
  ['a list', '    app: web', '  - app: web', '9:3 No list stands here: leave out the "- ".'],
  ['a version without the kind', 'v1', 'apps/v1', '1:13 Service is in v1, not apps/v1'],
  ['a misspelt kind', 'kind: Service', 'kind: Servise', '2:7 did you mean Service?'],
])('%s', (_, from, to, expected) => {
  expect(complaint(from, to)).toBe(expected);
});

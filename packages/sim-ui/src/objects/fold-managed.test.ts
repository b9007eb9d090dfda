import { expect, test } from 'vitest';
import { foldManaged } from './fold-managed.ts';

const YAML = `apiVersion: v1
kind: Service
metadata:
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: |
      {"apiVersion":"v1"}
    team: shop
  creationTimestamp: "2026-01-01T00:00:00Z"
  managedFields:
  - apiVersion: v1
    fieldsV1:
      f:spec: {}
    manager: kubectl
  name: web
  namespace: default
  resourceVersion: "12"
  uid: 1-2-3
spec:
  template:
    metadata:
      uid: stays
  selector:
    uid: stays
`;

test('the notes of the server go with what is below them, and nothing else goes', () => {
  const { text, hidden } = foldManaged(YAML);
  expect(text).toBe(`apiVersion: v1
kind: Service
metadata:
  annotations:
    team: shop
  name: web
  namespace: default
spec:
  template:
    metadata:
      uid: stays
  selector:
    uid: stays
`);
  expect(hidden).toBe(10);
});

test('where there is nothing to fold the text stays', () => {
  expect(foldManaged('kind: Pod\nstatus:\n  uid: 1')).toEqual({ text: 'kind: Pod\nstatus:\n  uid: 1', hidden: 0 });
});

import { expect, test } from 'vitest';
import { fieldPath, yamlPlace } from './yaml-path.ts';

const LINES = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  annotations:
    nginx.ingress.kubernetes.io/canary: "true"

spec:
  rules:
  - host: shop.test
    http:
      paths:
      - path: /
        backend:
          service:
            name: web

  tls:
    - hosts: [a]
      secretName: b
---
kind: Service`.split('\n');

const pathOf = (line: number) => fieldPath(LINES, line - 1)?.join('.');

test('fields by their indentation, through lists that stand level with their field or deeper', () => {
  expect(pathOf(5)).toBe('metadata.annotations.nginx.ingress.kubernetes.io/canary');
  expect(pathOf(9)).toBe('spec.rules.host');
  expect(pathOf(12)).toBe('spec.rules.http.paths.path');
  expect(pathOf(15)).toBe('spec.rules.http.paths.backend.service.name');
  expect(pathOf(18)).toBe('spec.tls.hosts');
  expect(pathOf(19)).toBe('spec.tls.secretName');
  expect(pathOf(21)).toBe('kind');
  expect(pathOf(20)).toBeUndefined();
});

test('a name or a value that is being typed', () => {
  expect(yamlPlace(LINES, 5, 4)).toEqual({ path: ['metadata', 'annotations'], part: 'key' });
  expect(yamlPlace(LINES, 15, 12)).toEqual({
    path: ['spec', 'rules', 'http', 'paths', 'backend', 'service'],
    part: 'key',
  });
  expect(yamlPlace(LINES, 15, 8)).toEqual({ path: ['spec', 'rules', 'http', 'paths'], part: 'key' });
  expect(yamlPlace(LINES, 1, 8)).toEqual({ path: ['kind'], part: 'value' });
  expect(yamlPlace(['spec:', '  rules:', '  - ho'], 2, 6)).toEqual({ path: ['spec', 'rules'], part: 'key' });
});

import { describe, expect, test } from 'vitest';
import { documentAt, documentsOf, objectsAt } from './documents.ts';

const TEXT = `# a comment
apiVersion: v1
kind: Service
metadata:
  labels:
    name: not-this
  name: "web"   # its name
  namespace: shop
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  rules:
  - http:
      paths:
      - path: /
        backend:
          service:
            name: web-v2
            port:
              number: 80
      - path: /b
---
kind: Dep
`;

describe('documents of a text that is being typed', () => {
  test('with their lines and names', () => {
    expect(documentsOf(TEXT).map(({ from, to, key }) => [from, to, key])).toEqual([
      [1, 8, 'Service/shop/web'],
      [10, 23, 'Ingress/shop/web'],
      [25, 26, 'Dep/default/'],
    ]);
    expect(documentAt(documentsOf(TEXT), 9)).toBeUndefined();
  });

  test('never throws, whatever is typed', () => {
    for (const text of ['', '---', '---\n---\n', '\t:\n  - {', 'metadata:\nname: x', '\r\n---\r\nkind: A\r\n'])
      expect(documentsOf(text).length).toBeGreaterThan(0);
  });

  test('a line within a backend speaks of its Service too', () => {
    expect(objectsAt(TEXT, documentsOf(TEXT), 22)).toEqual(['Ingress/shop/web', 'Service/shop/web-v2']);
    expect(objectsAt(TEXT, documentsOf(TEXT), 18)).toEqual(['Ingress/shop/web']);
    expect(objectsAt(TEXT, documentsOf(TEXT), 23)).toEqual(['Ingress/shop/web']);
    expect(objectsAt(TEXT, documentsOf(TEXT), 3)).toEqual(['Service/shop/web']);
  });
});

import { expect, test } from 'vitest';
import { answerOpenApiV2 } from './v2.ts';

const asked = (accept: string) =>
  answerOpenApiV2({ method: 'GET', url: '/openapi/v2', headers: { accept }, body: new Uint8Array(0) }) as {
    headers: Record<string, string>;
    body: string | Uint8Array;
  };

test('the document of version 2 describes nothing, as JSON and as protobuf', () => {
  expect(JSON.parse(String(asked('application/json').body))).toMatchObject({ swagger: '2.0', paths: {} });
  const { headers, body } = asked('application/com.github.proto-openapi.spec.v2@v1.0+protobuf');
  expect(headers['content-type']).toBe('application/com.github.proto-openapi.spec.v2.v1.0+protobuf');
  expect(new TextDecoder().decode(body as Uint8Array)).toBe('\n\u00032.0\u0012\u0015\n\nKubernetes\u0012\u0007v1.33.3');
});

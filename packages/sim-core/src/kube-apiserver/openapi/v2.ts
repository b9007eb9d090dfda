import type { ApiRequest, ApiResponse } from '../http/message.ts';
import { json } from '../http/responses.ts';
import { VERSION_INFO } from '../version-info.ts';

export const OPENAPI_V2 = '/openapi/v2';

const PROTOBUF = /com\.github\.proto-openapi\.spec\.v2/;
const TITLE = 'Kubernetes';

/**
 * Answers `/openapi/v2` with a document that describes nothing. kubectl asks for it before it creates what cannot be
 * patched, reviews above all, finds no schema there and leaves validation to the server.
 */
export function answerOpenApiV2({ headers }: ApiRequest): ApiResponse {
  const info = { title: TITLE, version: VERSION_INFO.gitVersion };
  if (!PROTOBUF.test(headers.accept ?? '')) return json(200, { swagger: '2.0', info, paths: {} });
  const type = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';
  return { status: 200, headers: { 'content-type': type }, body: emptyDocument(info) };
}

/** openapi.v2.Document: swagger = 1, info = 2 { title = 1, version = 2 } (gnostic, openapiv2/OpenAPIv2.proto). */
function emptyDocument({ title, version }: { title: string; version: string }): Uint8Array {
  const text = new TextEncoder();
  const info = [...field(1, text.encode(title)), ...field(2, text.encode(version))];
  return Uint8Array.from([...field(1, text.encode('2.0')), ...field(2, info)]);
}

/** A length-delimited field of fewer than 128 bytes. */
function field(number: number, bytes: Iterable<number>): number[] {
  const content = [...bytes];
  return [number * 8 + 2, content.length, ...content];
}

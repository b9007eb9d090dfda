import { beforeAll, expect, test } from 'vitest';
import { type Edge, startEdge } from '../edge.ts';
import { answersIn } from '../testing/fuzz/answers.ts';
import { fuzzCluster, Watched } from '../testing/fuzz/sandbox.ts';
import { RawClient } from '../testing/raw-client.ts';

/*
 * Messages that two servers in a row could read as two different ones, sent over a socket to the ingress controller of a
 * cluster. What stands behind each would be answered with 301 if it were taken for a request.
 */

let watched: Watched;
let edge: Edge;
beforeAll(async () => {
  watched = new Watched(fuzzCluster());
  edge = await startEdge({ engine: watched, httpPort: 0, httpsPort: 0 });
  return () => edge.close();
});

const SMUGGLED = 'GET /redirect HTTP/1.1\r\nHost: app.test\r\n\r\n';
const GET = (headers: string) => `GET / HTTP/1.1\r\nHost: app.test\r\n${headers}\r\n`;
const POST = (headers: string) => `POST / HTTP/1.1\r\nHost: app.test\r\n${headers}\r\n`;
const CHUNKED = 'Transfer-Encoding: chunked\r\n';
const CHUNKS = '3\r\nabc\r\n0\r\n\r\n';

test.each([
  ['a length and chunks', POST(`Content-Length: 3\r\n${CHUNKED}`), CHUNKS, [400]],
  ['chunks and a length', POST(`${CHUNKED}Content-Length: 13\r\n`), CHUNKS, [400]],
  ['two lengths', POST('Content-Length: 3\r\nContent-Length: 3\r\n'), 'abc', [400]],
  ['two different lengths', POST('Content-Length: 0\r\nContent-Length: 3\r\n'), 'abc', [400]],
  ['a list of lengths', POST('Content-Length: 3, 3\r\n'), 'abc', [400]],
  ['a length with a sign', POST('Content-Length: +3\r\n'), 'abc', [400]],
  ['a length in hexadecimal digits', POST('Content-Length: 0x3\r\n'), 'abc', [400]],
  ['a length without end', POST('Content-Length: 99999999999999999999\r\n'), 'abc', [400]],
  ['a blank before the colon of a length', POST('Content-Length : 3\r\n'), 'abc', [400]],
  ['two codings', POST('Transfer-Encoding: gzip, chunked\r\n'), CHUNKS, [501]],
  ['no coding', POST('Transfer-Encoding: identity\r\n'), 'abc', [501]],
  ['a coding that nobody knows', POST('Transfer-Encoding: xchunked\r\n'), CHUNKS, [501]],
  ['a coding behind a vertical tab', POST('Transfer-Encoding:\x0bchunked\r\n'), CHUNKS, [501]],
  ['a coding behind a tab', POST('Transfer-Encoding:\tchunked\r\n'), CHUNKS, [501]],
  ['a coding with a zero byte', POST('Transfer-Encoding: chunked\0\r\n'), CHUNKS, [400]],
  ['a coding twice', POST(`${CHUNKED}${CHUNKED}`), CHUNKS, [400]],
  ['a blank before the colon of a coding', POST('Transfer-Encoding : chunked\r\n'), CHUNKS, [400]],
  ['a coding in a folded line', POST('X: y\r\n Transfer-Encoding: chunked\r\n'), CHUNKS, [400]],
  ['a coding in HTTP/1.0', `POST / HTTP/1.0\r\nHost: app.test\r\n${CHUNKED}\r\n`, CHUNKS, [400]],
  ['a line that a line feed ends', `GET / HTTP/1.1\r\nHost: app.test\nX: y\r\n\r\n`, '', [400]],
  ['a carriage return inside of a value', GET('X: a\rContent-Length: 3\r\n'), 'abc', [400]],
  ['two hosts', GET('Host: other.test\r\n'), '', [400]],
  ['a condition twice', GET('If-Match: "a"\r\nIf-Match: "a"\r\n'), '', [400]],
  ['TRACE, with a body', `TRACE / HTTP/1.1\r\nHost: app.test\r\nContent-Length: 3\r\n\r\n`, 'abc', [405]],
  ['CONNECT, with a body', `CONNECT / HTTP/1.1\r\nHost: app.test\r\nContent-Length: 3\r\n\r\n`, 'abc', [405]],
  ['a size that is none', POST(CHUNKED), '0x3\r\nabc\r\n0\r\n\r\n', [400]],
  ['a size beyond all', POST(CHUNKED), '10000000000000003\r\nabc\r\n0\r\n\r\n', [400]],
  ['a chunk that is too long', POST(CHUNKED), '3\r\nabcd\r\n0\r\n\r\n', [400]],
  ['a line feed behind a size', POST(CHUNKED), '3\nabc\r\n0\r\n\r\n', [400]],
  ['a line feed in an extension', POST(CHUNKED), '3;a\nb\r\nabc\r\n0\r\n\r\n', [400]],
  ['a request line as a trailer', POST(CHUNKED), '0\r\nGET / HTTP/1.1\r\n\r\n', [400]],
  ['an extension', POST(CHUNKED), '3;a="b c"\r\nabc\r\n0\r\n\r\n', [200, 301]],
  ['a length as a trailer', POST(CHUNKED), `0\r\nContent-Length: ${SMUGGLED.length}\r\n\r\n`, [200, 301]],
  ['a request as a body', POST(`Content-Length: ${SMUGGLED.length}\r\n`), SMUGGLED, [200, 301]],
  ['a body with GET', GET(`Content-Length: ${SMUGGLED.length}\r\n`), SMUGGLED, [200, 301]],
  ['a body with an upgrade', GET(`Connection: upgrade\r\nUpgrade: h2c\r\nContent-Length: 3\r\n`), 'abc', [200, 301]],
  ['a header that only looks like a length', GET('Content_Length: 3\r\n'), '', [200, 301]],
] as [string, string, string, number[]][])('%s', async (_what, head, body, expected) => {
  watched.forget();
  const client = new RawClient(edge.httpPort);
  const last = expected.length > 1 ? SMUGGLED.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n') : SMUGGLED;
  const { received } = await client.send(head + body + last).end();
  expect(answersIn(received, watched.served, true).map(({ status }) => status)).toEqual(expected);
  expect(watched.served).toHaveLength(expected.length);
});

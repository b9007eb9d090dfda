import type { RandomStream } from '../../../../sim/random.ts';
import { chunkedBody } from './chunked-body.ts';
import { anyOf, sometimes } from './draw.ts';
import { mutated } from './mutate.ts';
import {
  GIANT,
  HEADERS,
  METHODS,
  ODD_HEADERS,
  ODD_METHODS,
  ODD_TARGETS,
  ODD_VERSIONS,
  TARGETS,
  VERSIONS,
} from './parts.ts';

/** Bytes that a client sends, one character a byte, in the pieces in which they arrive. */
export interface Input {
  readonly text: string;
  readonly pieces: readonly Uint8Array[];
}

/** Draws what a client sends: mostly requests, some of them bent. */
export function drawInput(chance: RandomStream): Input {
  const count = chance.integer(1, 4);
  let text = '';
  for (let i = 0; i < count; i++) text += drawMessage(chance);
  if (sometimes(chance, 0.3)) text = mutated(chance, text);
  return { text, pieces: inPieces(chance, text) };
}

function drawMessage(chance: RandomStream): string {
  const odd = sometimes(chance, 0.4);
  const line = requestLine(chance, odd);
  const headers = sometimes(chance, odd ? 0.1 : 0)
    ? []
    : [`Host: ${anyOf(chance, ['app.test', 'app.test', 'APP.test:80'])}`];
  for (let i = chance.integer(0, 3); i > 0; i--) headers.push(anyOf(chance, HEADERS));
  if (odd) headers.splice(chance.integer(0, headers.length), 0, anyOf(chance, ODD_HEADERS));
  if (sometimes(chance, 0.02)) headers.push(`X-Giant: ${'x'.repeat(anyOf(chance, GIANT))}`);
  const { header, body } = drawBody(chance);
  if (header !== '') headers.splice(chance.integer(0, headers.length), 0, header);
  return `${line}\r\n${headers.map((each) => `${each}\r\n`).join('')}\r\n${body}`;
}

function requestLine(chance: RandomStream, odd: boolean): string {
  const part = (usual: readonly string[], strange: readonly string[]) =>
    anyOf(chance, odd && sometimes(chance, 0.15) ? strange : usual);
  const giant = sometimes(chance, 0.01) ? 'x'.repeat(anyOf(chance, GIANT)) : '';
  const version = part(VERSIONS, ODD_VERSIONS);
  const blank = odd && sometimes(chance, 0.1) ? '  ' : ' ';
  return `${part(METHODS, ODD_METHODS)}${blank}${part(TARGETS, ODD_TARGETS)}${giant}${version === '' ? '' : blank}${version}`;
}

function drawBody(chance: RandomStream): { header: string; body: string } {
  switch (chance.integer(0, 5)) {
    case 0:
    case 1: {
      const body = anyOf(chance, [
        '',
        'abc',
        'GET /smuggled HTTP/1.1\r\nHost: evil\r\n\r\n',
        '0\r\n\r\n',
        'x'.repeat(3000),
      ]);
      const length = sometimes(chance, 0.1) ? chance.integer(0, 60) : body.length;
      return { header: `Content-Length: ${length}`, body };
    }
    case 2:
      return { header: 'Transfer-Encoding: chunked', body: chunkedBody(chance) };
    default:
      return { header: '', body: '' };
  }
}

/** As it may arrive: at once, byte by byte, or cut anywhere. */
function inPieces(chance: RandomStream, text: string): Uint8Array[] {
  const bytes = Buffer.from(text, 'latin1');
  const kind = chance.integer(0, 9);
  if (kind < 5) return [bytes];
  const longest = kind === 5 && bytes.length < 2000 ? 1 : Math.max(1, Math.ceil(bytes.length / 4));
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = chance.integer(1, longest);
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

import type { SourceFile } from '@k8s-ingress-sandbox/sim-core/wire';

/** What a link carries: manifests and whose lesson they belong to; never a session, a layout or a theme. */
export interface SharedSandbox {
  readonly lesson: string;
  readonly files: readonly Pick<SourceFile, 'file' | 'text'>[];
}

/** Links of another version are not read. */
const VERSION = '1';
/** Most that a link unfolds to, characters. */
const LARGEST = 1_000_000;

/** The part of a link behind `#`. */
export async function encodeLink({ lesson, files }: SharedSandbox): Promise<string> {
  const json = new TextEncoder().encode(JSON.stringify({ files: files.map(({ file, text }) => ({ file, text })) }));
  const packed = await collect(new Blob([json]).stream().pipeThrough(new CompressionStream('deflate-raw')));
  return `#${new URLSearchParams({ v: VERSION, lesson, s: toBase64Url(packed) })}`;
}

/** @returns undefined when the link carries nothing. @throws Error in words for whoever opened it */
export async function decodeLink(hash: string): Promise<SharedSandbox | undefined> {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const packed = parameters.get('s');
  if (packed === null) return undefined;
  if (parameters.get('v') !== VERSION)
    throw new Error(`it is of version ${parameters.get('v')}, and this page reads ${VERSION}`);
  const stream = new Blob([fromBase64Url(packed)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const { files } = JSON.parse(new TextDecoder().decode(await collect(stream))) as Partial<SharedSandbox>;
  if (!Array.isArray(files) || !files.every(isFile)) throw new Error('it holds no manifests');
  return { lesson: parameters.get('lesson') ?? '', files };
}

function isFile(value: unknown): value is SharedSandbox['files'][number] {
  const { file, text } = (value ?? {}) as Record<string, unknown>;
  return typeof file === 'string' && typeof text === 'string';
}

async function collect(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > LARGEST) {
      await reader.cancel();
      throw new Error('it unfolds to more than a megabyte');
    }
    chunks.push(value);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function toBase64Url(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
}

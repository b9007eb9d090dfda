import type { RequestContext } from './request-context.ts';

/** Bytes of a body that are kept to be sent again to another pod; what is longer can be sent once only. */
const REPLAYABLE = 1024 * 1024;

/**
 * The body of a request, handed to one pod after the other. It streams with back-pressure; what went by is kept while it is
 * small, so that a next try can begin with it (nginx keeps the whole body in memory or in a file).
 */
export class RequestBody {
  readonly #kept: Uint8Array[] = [];
  #keptSize = 0;
  #replayable = true;
  #ended = false;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;

  constructor(source: ReadableStream<Uint8Array> | readonly Uint8Array[]) {
    if (source instanceof ReadableStream) {
      this.#reader = source.getReader();
      return;
    }
    this.#reader = undefined;
    this.#kept.push(...source);
    this.#ended = true;
  }

  /** Whether the body can be sent once more from its beginning. */
  get replayable(): boolean {
    return this.#replayable;
  }

  /** The body from its beginning, for one try. */
  stream(): ReadableStream<Uint8Array> {
    let sent = 0;
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const kept = this.#kept[sent];
          const chunk = kept ?? (await this.#next());
          if (kept !== undefined || this.#replayable) sent++;
          if (chunk === undefined) controller.close();
          else controller.enqueue(chunk);
        },
      },
      { highWaterMark: 0 },
    );
  }

  async #next(): Promise<Uint8Array | undefined> {
    if (this.#ended || this.#reader === undefined) return undefined;
    const { done, value } = await this.#reader.read();
    if (done) {
      this.#ended = true;
      return undefined;
    }
    this.#keep(value);
    return value;
  }

  #keep(chunk: Uint8Array): void {
    if (!this.#replayable) return;
    this.#keptSize += chunk.byteLength;
    if (this.#keptSize <= REPLAYABLE) {
      this.#kept.push(chunk);
      return;
    }
    this.#replayable = false;
    this.#kept.length = 0;
  }
}

/** The body of a request, made at the first try; undefined for a request without one. */
export function bodyOf(context: RequestContext): RequestBody | undefined {
  if (context.body !== undefined) return context.body;
  const source = context.bufferedBody ?? context.request.body;
  if (source !== undefined) context.body = new RequestBody(source);
  return context.body;
}

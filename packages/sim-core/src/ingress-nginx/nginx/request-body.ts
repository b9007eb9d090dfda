import { BODY_TOO_LARGE } from './answer.ts';
import type { RequestContext } from './request-context.ts';

/** Bytes of a body that are kept to be sent again to another pod; what is longer can be sent once only. */
const REPLAYABLE = 1024 * 1024;

/**
 * The body of a request, handed to one pod after the other. What was read before is kept; what streams is kept while it is
 * small, so that a next try can begin with it.
 */
export class RequestBody {
  readonly #kept: Uint8Array[] = [];
  #keptSize = 0;
  #replayable = true;
  #ended = false;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;

  /** Bytes that came. */
  #size = 0;
  readonly #limit: BodyLimit | undefined;

  /**
   * @param read what was read before
   * @param rest where the rest comes from; undefined where there is none
   * @param limit what the rest must not make it exceed
   */
  constructor(
    read: readonly Uint8Array[],
    rest: ReadableStreamDefaultReader<Uint8Array> | undefined,
    limit?: BodyLimit,
  ) {
    for (const chunk of read) this.#kept.push(chunk);
    this.#reader = rest;
    this.#ended = rest === undefined;
    this.#limit = limit;
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
    this.#size += value.byteLength;
    if (this.#limit !== undefined && this.#size > this.#limit.bytes) {
      this.#ended = true;
      this.#limit.exceeded();
      throw new Error('the body is too large');
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

/** How long a body may get that streams, and what happens then. */
export interface BodyLimit {
  readonly bytes: number;
  exceeded(): void;
}

/** One whose length was announced was measured before (ngx_http_request_body_chunked_filter). */
function limitOf(context: RequestContext): BodyLimit | undefined {
  const bytes = context.location?.location.directives.clientMaxBodySize ?? 0;
  if (bytes === 0 || !context.chunked) return undefined;
  return { bytes, exceeded: () => context.exchange?.refuse(BODY_TOO_LARGE) };
}

/** The body of a request, made at the first try; undefined for a request without one. */
export function bodyOf(context: RequestContext): RequestBody | undefined {
  if (context.body !== undefined) return context.body;
  const { bufferedBody, request } = context;
  if (bufferedBody !== undefined) context.body = new RequestBody(bufferedBody, undefined);
  else if (request.body !== undefined) context.body = new RequestBody([], request.body.getReader(), limitOf(context));
  return context.body;
}

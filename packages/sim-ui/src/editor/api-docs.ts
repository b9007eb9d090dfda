import type { AnnotationDoc } from '@k8s-ingress-sandbox/sim-core/wire';
import type { Transport } from '../transport/transport.ts';
import type { Schemas } from './schema-docs.ts';

/** What the editor explains: asked for when it is needed first, and remembered. */
export class ApiDocs {
  readonly #transport: Transport;
  readonly #schemas = new Map<string, Promise<Schemas>>();
  #annotations: Promise<readonly AnnotationDoc[]> | undefined;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Schemas of `apps/v1`, say; none for a group that the API server does not have. */
  schemas(groupVersion: string): Promise<Schemas> {
    if (!/^[a-z0-9.-]+(\/[a-z0-9]+)?$/.test(groupVersion)) return Promise.resolve({});
    const known = this.#schemas.get(groupVersion);
    if (known) return known;
    const query = new URLSearchParams({ groupVersion });
    const asked = this.#transport.call<Schemas>('GET', `/schemas?${query}`).catch(() => {
      this.#schemas.delete(groupVersion);
      return {};
    });
    this.#schemas.set(groupVersion, asked);
    return asked;
  }

  annotations(): Promise<readonly AnnotationDoc[]> {
    this.#annotations ??= this.#transport.call<AnnotationDoc[]>('GET', '/annotations').catch(() => {
      this.#annotations = undefined;
      return [];
    });
    return this.#annotations;
  }
}

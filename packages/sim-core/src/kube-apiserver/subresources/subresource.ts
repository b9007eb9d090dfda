import type { Kind } from '../../apimachinery/kind.ts';
import type { ApiResponse } from '../http/message.ts';
import type { ResourceRequest } from '../resource-request.ts';
import type { ServerParts } from '../server-parts.ts';

/** Handles one verb. May answer later, where something outside of the control plane is asked. @throws StatusError */
export type Handler = (server: ServerParts, request: ResourceRequest) => ApiResponse | Promise<ApiResponse>;

/** One subresource: a file in this folder each, and a row in `index.ts`. */
export interface Subresource {
  readonly name: string;
  /** Whether a kind has it. */
  of(kind: Kind): boolean;
  /** Group, version and kind of what it answers with, where that is not the kind itself; for discovery. */
  readonly answers?: { readonly group: string; readonly version: string; readonly kind: string };
  /** By verb: get, create, update, patch. */
  readonly verbs: Readonly<Record<string, Handler>>;
}

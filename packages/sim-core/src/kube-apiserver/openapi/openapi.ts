import { apiVersionOf, type Kind } from '../../apimachinery/kind.ts';
import type { Documentation } from '../../apimachinery/schema/documentation.ts';
import type { Schema, StructType } from '../../apimachinery/schema/types.ts';
import type { Scheme } from '../../apimachinery/scheme.ts';
import type { CustomSchemas } from './components.ts';
import { buildDiscoveryDocument, buildDocument } from './document.ts';
import { loadDocumentation } from './load-documentation.ts';
import type { SchemaObject } from './schema-object.ts';

/** A document as it is sent; `hash` is of its text. */
export interface OpenApiDocument {
  readonly json: string;
  readonly hash: string;
}

/** What /openapi/v3 serves. */
export interface OpenApi {
  /** `/openapi/v3`: where each document is. */
  root(): Promise<OpenApiDocument>;
  /** A document by what follows `/openapi/v3/`: `api/v1`, `apis/apps/v1`. Undefined when there is none. */
  document(path: string): Promise<OpenApiDocument | undefined>;
}

/** What documents are made of. */
export interface OpenApiSources {
  readonly scheme: Scheme;
  readonly schema: Schema;
  /** As /version says it: `v1.33.3`. */
  readonly gitVersion: string;
  /** Absent: there are no custom kinds. */
  readonly customSchemas?: CustomSchemas;
}

/**
 * Documents of the kinds that the scheme has now. Each is built when it is first asked for (the root asks for all, because
 * it names their hashes) and built again when its kinds changed.
 */
export function createOpenApi(sources: OpenApiSources): OpenApi {
  const library = new DocumentLibrary(sources);
  return { root: () => library.root(), document: (path) => library.document(path) };
}

interface Built extends OpenApiDocument {
  readonly kinds: readonly Kind[];
}

class DocumentLibrary {
  readonly #sources: OpenApiSources;
  readonly #built = new Map<string, Built>();
  readonly #structs = new Map<StructType, SchemaObject>();
  #documentation: Promise<Documentation> | undefined;

  constructor(sources: OpenApiSources) {
    this.#sources = sources;
  }

  async root(): Promise<OpenApiDocument> {
    const paths: Record<string, SchemaObject> = {};
    for (const path of [...this.#paths().keys()].sort()) {
      const document = await this.document(path);
      if (document) paths[path] = { serverRelativeURL: serverRelativeUrl(path, document.hash) };
    }
    return sealed({ paths });
  }

  async document(path: string): Promise<OpenApiDocument | undefined> {
    const kinds = this.#paths().get(path);
    if (kinds === undefined) return undefined;
    const known = this.#built.get(path);
    if (known && sameKinds(known.kinds, kinds)) return known;
    const built = { ...(await sealed(await this.#build(path, kinds))), kinds };
    this.#built.set(path, built);
    return built;
  }

  async #build(path: string, kinds: readonly Kind[]): Promise<SchemaObject> {
    const { schema, gitVersion, customSchemas = () => undefined } = this.#sources;
    if (kinds.length === 0) return buildDiscoveryDocument(path, aboutPath(path), gitVersion);
    this.#documentation ??= loadDocumentation();
    const documentation = await this.#documentation;
    return buildDocument(kinds, gitVersion, { schema, documentation, customSchemas, structs: this.#structs });
  }

  /** Every path with the kinds that its document tells of. */
  #paths(): ReadonlyMap<string, readonly Kind[]> {
    const paths = new Map<string, Kind[]>([
      ['api', []],
      ['apis', []],
      ['version', []],
    ]);
    for (const kind of this.#sources.scheme.kinds) {
      if (kind.group !== '') paths.set(`apis/${kind.group}`, []);
      const path = `${kind.group === '' ? 'api' : 'apis'}/${apiVersionOf(kind)}`;
      paths.set(path, [...(paths.get(path) ?? []), kind]);
    }
    return paths;
  }
}

/** The URL of a document, with its hash so that it may be kept for ever. */
export function serverRelativeUrl(path: string, hash: string): string {
  return `/openapi/v3/${path}?hash=${hash}`;
}

function aboutPath(path: string): string {
  if (path === 'version') return 'get the version information for this server';
  return path.includes('/') ? 'get information of a group' : 'get available API versions';
}

function sameKinds(left: readonly Kind[], right: readonly Kind[]): boolean {
  return left.length === right.length && left.every((kind, index) => kind === right[index]);
}

/** Hashed by the platform, away from the event loop: all documents together are 3 MB. */
async function sealed(document: SchemaObject): Promise<OpenApiDocument> {
  const json = JSON.stringify(document);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-512', new TextEncoder().encode(json)));
  return {
    json,
    hash: [...digest]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('')
      .toUpperCase(),
  };
}

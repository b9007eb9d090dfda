import { newBadRequest } from '../../apimachinery/status-error.ts';

/** Where a list that was cut goes on (k8s.io/apiserver/pkg/storage/continue.go). */
export interface ContinueToken {
  readonly revision: number;
  /** `namespace/name` of the last object that was sent. */
  readonly after: string;
}

const VERSION = 'meta.k8s.io/v1';

export function encodeContinue({ revision, after }: ContinueToken): string {
  return toBase64Url(JSON.stringify({ v: VERSION, rv: revision, start: `${after}\u0000` }));
}

/** @throws StatusError BadRequest */
export function decodeContinue(text: string): ContinueToken {
  const { v, rv, start } = parse(text);
  if (v !== VERSION || typeof rv !== 'number' || typeof start !== 'string' || !start.endsWith('\u0000')) {
    throw newBadRequest('continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)');
  }
  return { revision: rv, after: start.slice(0, -1) };
}

function parse(text: string): { v?: unknown; rv?: unknown; start?: unknown } {
  try {
    const value: unknown = JSON.parse(fromBase64Url(text));
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    throw newBadRequest('continue key is not valid: illegal base64 data');
  }
}

function toBase64Url(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}

function fromBase64Url(text: string): string {
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}

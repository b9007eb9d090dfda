import type { Kind } from '../apimachinery/kind.ts';
import type { Scheme } from '../apimachinery/scheme.ts';
import { newBadRequest } from '../apimachinery/status-error.ts';
import { UnknownKindError } from '../kube-apiserver/unknown-kind.ts';
import type { ControlPlane } from './control-plane.ts';
import type { Manifests } from './manifests.ts';

/** Which object goes. */
export interface Deletion {
  /** '' where `kindName` is a word as kubectl takes it: `ing`, `ingresses`, `deployments.apps`. */
  readonly apiVersion: string;
  readonly kindName: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

/** Deletes an object in the background, and forgets that it was applied. @throws StatusError NotFound */
export function deleteObject(
  { scheme, registry }: ControlPlane,
  manifests: Manifests,
  { apiVersion, kindName, namespace, name }: Deletion,
): void {
  const kind = apiVersion === '' ? kindForWord(kindName, scheme) : scheme.kind(apiVersion, kindName);
  if (kind === undefined) throw new UnknownKindError(apiVersion, kindName, scheme.kinds);
  const place = kind.namespaced ? (namespace ?? 'default') : '';
  registry.delete(kind, place, name, { propagationPolicy: 'Background' });
  manifests.forget({ kind: kind.kind, namespace: place, name });
}

/** @throws StatusError BadRequest in kubectl's words */
function kindForWord(word: string, scheme: Scheme): Kind {
  const kind = scheme.word(word);
  if (kind === undefined) throw newBadRequest(`the server doesn't have a resource type "${word}"`);
  return kind;
}

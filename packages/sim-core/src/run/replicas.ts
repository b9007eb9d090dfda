import { setField } from '../manifest/set-field.ts';
import type { ControlActions } from './actions.ts';

/**
 * Scales a Deployment, and writes its `spec.replicas` into the draft of the file where its author wrote it, comments
 * kept. Where no file holds it, or none can take the line, only the cluster changes.
 * @returns the revision afterwards
 * @throws StatusError without such a Deployment
 */
export function setReplicas(
  actions: ControlActions,
  { namespace, name }: { namespace: string; name: string },
  replicas: number,
): number {
  const rev = actions.scale(namespace, name, replicas);
  const place = actions.placeOf({ kind: 'Deployment', namespace, name });
  if (place === undefined) return rev;
  const text = setField(place.text, place.index, [...place.path, 'spec', 'replicas'], replicas);
  return text === undefined || text === place.text ? rev : actions.applyDraft(place.file, text).rev;
}

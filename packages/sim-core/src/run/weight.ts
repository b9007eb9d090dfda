import { editScalar } from '../manifest/edit-scalar.ts';
import { createSourceMap } from '../manifest/source-map.ts';
import type { WeightAnswer } from '../wire.ts';
import type { ApplyOutcome, ControlActions } from './actions.ts';
import { ControlError } from './control-error.ts';

const CANARY_WEIGHT = 'nginx.ingress.kubernetes.io/canary-weight';

/**
 * Changes the weight of a canary Ingress where its author wrote it: one scalar in the draft of its file, comments and
 * quotes kept, then applied.
 * @throws ControlError 409 when the file says no weight
 */
export function setWeight(
  actions: ControlActions,
  { namespace, name }: { namespace: string; name: string },
  weight: number,
): WeightAnswer | Pick<ApplyOutcome, 'errors'> {
  const ingress = { kind: 'Ingress', namespace, name };
  const place = actions.placeOf(ingress);
  if (place === undefined) {
    return { rev: actions.annotate(ingress, CANARY_WEIGHT, String(weight)) };
  }
  const { file, index } = place;
  const path = [...place.path, 'metadata', 'annotations', CANARY_WEIGHT];
  const text = editScalar(place.text, index, path, String(weight));
  if (text === undefined) {
    throw new ControlError(
      409,
      `Ingress ${namespace}/${name} in ${file} has no annotation ${CANARY_WEIGHT} that could be changed: add it there`,
      'Conflict',
    );
  }
  const { rev, errors } = actions.applyDraft(file, text);
  if (errors.length > 0) return { errors };
  const sources = createSourceMap([{ file, text }]);
  const line = sources.locate({ file, index, path: [] }, path)?.line;
  return { rev, file, ...(line === undefined ? {} : { line, text: sources.lineText(file, line) }) };
}

import { goJson } from '../go-json.ts';
import { isObject, type JsonObject } from '../patch/json-object.ts';
import { compare } from './compare.ts';
import { difference, EMPTY_SET, type FieldSet } from './field-set.ts';
import type { Place } from './structure.ts';
import { toFieldSet } from './to-field-set.ts';

/** Where `kubectl apply` keeps what it was last told. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * The fields that client-side apply has set and that are still so: kubectl's server-side apply may take them without a
 * conflict (lastappliedmanager.go, allowedConflictsFromLastApplied).
 */
export function allowedByLastApplied(place: Place, apiVersion: string, live: unknown): FieldSet {
  const last = parse(annotationsOf(live)[LAST_APPLIED]);
  if (last === undefined || last.apiVersion !== apiVersion) return EMPTY_SET;
  const { added, modified, removed } = compare(place, last, live);
  return [added, modified, removed].reduce<FieldSet>(difference, toFieldSet(place, last));
}

/** The object with its annotation, where it has one, telling what was applied (lastappliedupdater.go). */
export function withLastApplied(object: JsonObject, config: JsonObject): JsonObject {
  const annotations = annotationsOf(object);
  if (!annotations[LAST_APPLIED]) return object;
  const { [LAST_APPLIED]: _own, ...applied } = annotationsOf(config);
  const hasAnnotations = isObject(config.metadata) && isObject(config.metadata.annotations);
  const metadata = { ...(config.metadata as JsonObject), ...(hasAnnotations && { annotations: applied }) };
  const value = `${goJson({ ...config, metadata })}\n`;
  return {
    ...object,
    metadata: { ...(object.metadata as JsonObject), annotations: { ...annotations, [LAST_APPLIED]: value } },
  };
}

function annotationsOf(object: unknown): JsonObject {
  const metadata = isObject(object) ? object.metadata : undefined;
  const annotations = isObject(metadata) ? metadata.annotations : undefined;
  return isObject(annotations) ? annotations : {};
}

function parse(annotation: unknown): JsonObject | undefined {
  if (typeof annotation !== 'string' || annotation === '') return undefined;
  try {
    const value: unknown = JSON.parse(annotation);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

import type { ControllerSettings } from './config-map/keys.ts';

/**
 * The first word of the administrator's list that an annotation of ours holds (store.go, checkBadAnnotationValue). A blank
 * after a comma is part of the word.
 */
export function blockedWord(
  annotations: Readonly<Record<string, string>> = {},
  { annotationValueWordBlocklist }: ControllerSettings,
  prefix: string,
): { annotation: string; word: string } | undefined {
  if (annotationValueWordBlocklist.length === 0) return undefined;
  for (const [annotation, value] of Object.entries(annotations)) {
    if (!annotation.startsWith(prefix)) continue;
    const word = annotationValueWordBlocklist.find((each) => value.includes(each));
    if (word !== undefined) return { annotation, word };
  }
  return undefined;
}

import type { ScalarTagDefinition } from 'js-yaml';
import { DUMP_SCHEMA, dump, floatCoreTag, floatYaml11Tag, intCoreTag, intYaml11Tag, NOT_RESOLVED } from 'js-yaml';
import { floatTag, integerTag } from './yaml-schema.ts';

/** A number as YAML 1.1, YAML 1.2 or go-yaml reads it: texts that one of them takes for a number are quoted. */
function anyOf(first: ScalarTagDefinition, ...others: readonly ScalarTagDefinition[]): ScalarTagDefinition {
  return {
    ...first,
    resolve(source, isExplicit, tagName) {
      const values = [first, ...others].map((tag) => tag.resolve(source, isExplicit, tagName));
      return values.find((value) => value !== NOT_RESOLVED) ?? NOT_RESOLVED;
    },
  };
}

const SAFE_SCHEMA = DUMP_SCHEMA.withTags(
  anyOf(intYaml11Tag, intCoreTag, integerTag),
  anyOf(floatYaml11Tag, floatCoreTag, floatTag),
);

/**
 * Writes objects as YAML documents, separated by `---`, in the manner of `kubectl get -o yaml`: lists as far left as
 * their key, double quotes where quotes are needed, nothing folded, no anchors. The order of the keys stays. Every YAML
 * 1.1 and 1.2 reader, and `decodeManifests`, gets the same values back.
 */
export function encodeManifests(objects: readonly unknown[]): string {
  return objects
    .map((object) =>
      dump(object, { schema: SAFE_SCHEMA, noRefs: true, lineWidth: -1, seqNoIndent: true, quoteStyle: 'double' }),
    )
    .join('---\n');
}

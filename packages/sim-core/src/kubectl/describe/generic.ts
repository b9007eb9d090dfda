import { isObject, type JsonObject, strings, text } from '../json.ts';
import type { Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { annotationLines, labelLines } from './metadata.ts';

const SKIPPED: ReadonlySet<string> = new Set(['name', 'namespace', 'labels', 'annotations', 'managedFields']);

/** Kinds without a describer of their own: every field (describe.go genericDescriber, printUnstructuredContent). */
export const generic: Describer = async (context, object) => [
  `Name:\t${text(object, 'metadata', 'name')}`,
  `Namespace:\t${text(object, 'metadata', 'namespace')}`,
  ...labelLines('Labels', strings(object, 'metadata', 'labels')),
  ...annotationLines('Annotations', strings(object, 'metadata', 'annotations')),
  ...fieldLines(object, '', ''),
  ...(await eventLines(context, object)),
];

function fieldLines(value: JsonObject, indent: string, path: string): string[] {
  return Object.keys(value)
    .sort()
    .flatMap((key) => {
      if (path === '.metadata' && SKIPPED.has(key)) return [];
      const each = value[key];
      const title = `${indent}${titleOf(key)}:`;
      if (isObject(each)) return [title, ...fieldLines(each, `${indent}  `, `${path}.${key}`)];
      if (!Array.isArray(each)) return [`${title}\t${String(each ?? '')}`];
      return [
        title,
        ...each.flatMap((item) =>
          isObject(item) ? fieldLines(item, `${indent}  `, path) : [`${indent}  ${String(item)}`],
        ),
      ];
    });
}

/** `apiVersion` is `API Version` (smartLabelFor). */
function titleOf(key: string): string {
  const words = key.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[^A-Za-z0-9]+/g) ?? [key];
  return words
    .map((word) =>
      /^(api|uid|url|ip|id)$/i.test(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1),
    )
    .join(' ');
}

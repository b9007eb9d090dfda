import { LAST_APPLIED } from '../../apimachinery/managed-fields/last-applied.ts';
import { parseTimestamp } from '../../apimachinery/timestamp.ts';
import type { JsonObject } from '../json.ts';
import { objects, strings, text } from '../json.ts';

/** Longest annotation on a line of its own. */
const LONGEST = 140;

/** `Labels:` and one line each, as printLabelsMultiline. */
export function labelLines(title: string, labels: Readonly<Record<string, string>>, indent = ''): string[] {
  const pairs = Object.keys(labels)
    .sort()
    .map((key) => `${key}=${labels[key]}`);
  return multiline(title, pairs, indent);
}

/** One line each below one another; `<none>` without any. */
export function multiline(title: string, values: readonly string[], indent = ''): string[] {
  const [first = '<none>', ...rest] = values;
  return [`${indent}${title}:\t${first}`, ...rest.map((each) => `\t${each}`)];
}

/** As printAnnotationsMultiline: long ones below their key. */
export function annotationLines(title: string, annotations: Readonly<Record<string, string>>, indent = ''): string[] {
  const keys = Object.keys(annotations)
    .filter((key) => key !== LAST_APPLIED)
    .sort();
  const lines = keys.flatMap((key) => {
    const value = (annotations[key] as string).replace(/\n$/, '');
    if (value.length + key.length + 2 < LONGEST && !value.includes('\n')) return [`${key}: ${value}`];
    return [`${key}:`, ...value.split('\n').map((line) => `  ${shortened(line, LONGEST - 2)}`)];
  });
  return multiline(title, lines, indent);
}

function shortened(line: string, most: number): string {
  return line.length > most ? `${line.slice(0, most)}...` : line;
}

/** Labels and annotations of an object. */
export function metadataLines(object: JsonObject): string[] {
  return [
    ...labelLines('Labels', strings(object, 'metadata', 'labels')),
    ...annotationLines('Annotations', strings(object, 'metadata', 'annotations')),
  ];
}

/** `ReplicaSet/web-1`, the owner that controls it; '' without. */
export function controllerOf(object: JsonObject): string {
  const owner = objects(object, 'metadata', 'ownerReferences').find((each) => each['controller'] === true);
  return owner === undefined ? '' : `${text(owner, 'kind')}/${text(owner, 'name')}`;
}

const DAYS: readonly string[] = Object.freeze('Thu Fri Sat Sun Mon Tue Wed'.split(' '));
const MONTHS: readonly string[] = Object.freeze('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' '));

/** `Mon, 30 Nov 2026 23:42:02 +0000` (time.RFC1123Z). */
export function longTime(timestamp: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}:\d{2}:\d{2})/.exec(timestamp);
  if (match === null) return '<unset>';
  const [, year, month, day, clock] = match;
  const weekday = DAYS[Math.floor(parseTimestamp(timestamp) / 86_400_000) % 7];
  return `${weekday}, ${day} ${MONTHS[Number(month) - 1]} ${year} ${clock} +0000`;
}

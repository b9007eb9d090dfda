import { isFields } from '../../manifest/document.ts';

/** Words that a student chose for things: names, namespaces, labels, hosts. */
export type ChosenNames = ReadonlySet<string>;

/** Collects the names that are chosen in a submission, wherever they may come up again. */
export function namesIn(objects: readonly unknown[]): ChosenNames {
  const names = new Set<string>();
  for (const object of objects) collect(object, '', names);
  return names;
}

/** Fields whose values are names. */
const NAMING =
  /^(name|namespace|generateName|host|hosts|serviceName|secretName|claimName|app|tier|version|track|instance|component)$/;
const LABELS = /^(labels|matchLabels|selector)$/;

function collect(value: unknown, key: string, names: Set<string>): void {
  if (typeof value === 'string') {
    if (NAMING.test(key) && value !== '') names.add(value);
  } else if (Array.isArray(value)) for (const item of value) collect(item, key, names);
  else if (isFields(value)) {
    for (const [field, child] of Object.entries(value)) {
      if (LABELS.test(key) && typeof child === 'string') names.add(child);
      collect(child, field, names);
    }
  }
}

/** A value without what was chosen: a name, a host, or a text that holds one. */
export function neutral(value: string | number | boolean | null, names: ChosenNames): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  if (names.has(value)) return '‹name›';
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(value) && !/^[\d.]+$/.test(value)) return '‹host›';
  return JSON.stringify(withoutNames(value, names));
}

/** A text in which chosen names are none, cut where nobody would compare it further. */
export function withoutNames(text: string, names: ChosenNames): string {
  return text.replace(/[a-z0-9]([a-z0-9.-]*[a-z0-9])?/gi, (word) => (names.has(word) ? '‹name›' : word)).slice(0, 200);
}

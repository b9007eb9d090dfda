import { oneLine } from './words.ts';

/** Text for XML: as it is, without what XML 1.0 cannot hold and with what it would take for markup written out. */
export function escapeXml(text: string): string {
  return text
    .split('\n')
    .map(oneLine)
    .join('\n')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** ` name="value"` for every attribute that has one. */
export function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${escapeXml(String(value))}"`]))
    .join('');
}

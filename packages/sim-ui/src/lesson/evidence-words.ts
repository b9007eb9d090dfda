/** A fact of a check's evidence: what it is called, and its value in a few words. */
export type Fact = readonly [name: string, value: string];

/** Facts inside of facts are told as `canary.weight`; what is empty is not told. */
export function evidenceWords(evidence: Readonly<Record<string, unknown>>): Fact[] {
  return Object.entries(evidence).flatMap(([name, value]) => factsOf(spaced(name), value));
}

function factsOf(name: string, value: unknown): Fact[] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) return value.length === 0 ? [] : [[name, value.map(short).join(', ')]];
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([key, inner]) => factsOf(`${name} ${spaced(key)}`, inner));
  return [[name, short(value)]];
}

function short(value: unknown): string {
  if (typeof value === 'number') return String(Math.round(value * 10_000) / 10_000);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `weightTotal` → `weight total` */
function spaced(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

const LONGEST = 200;

/** A value on one line of a report: text in quotes, cut where it is long. */
export function told(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length} characters)` : text;
}

/** What is said where something else came than was expected; nothing where nothing was. */
export function different(what: string, came: unknown, expected: unknown): string[] {
  return expected === undefined || came === expected ? [] : [`${what}: expected ${told(expected)}, got ${told(came)}`];
}

/** What is wrong with each of several answers: the same is said once, with how many. */
export function tellOnce(all: readonly (readonly string[])[]): string[] {
  const counts = new Map<string, number>();
  for (const problem of all.flat()) counts.set(problem, (counts.get(problem) ?? 0) + 1);
  return [...counts].map(([problem, count]) => (all.length === 1 ? problem : `${problem} (${count} of ${all.length})`));
}

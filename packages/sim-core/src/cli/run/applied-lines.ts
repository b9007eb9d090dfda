import type { ApplyOutcome } from '../../index.ts';

/** Columns of a terminal. */
const WIDTH = 80;
const SHOWN_RETRIES = 3;

/**
 * What became of documents in a few lines: by name where that fits, by number else. What did not change is only counted.
 * @param quietFile file of the add-on, whose objects are one line together
 * @param rows most rows for the names of what was created, or configured
 */
export function describeOutcomes(outcomes: readonly ApplyOutcome[], quietFile: string, rows: number): string[] {
  const taken = outcomes.filter(({ action }) => action !== undefined);
  const addon = taken.filter(({ file }) => file === quietFile);
  const own = taken.filter(({ file }) => file !== quietFile);
  return [
    ...(addon.length === 0 ? [] : [`add-on ingress-nginx: ${addon.length} objects`]),
    ...describeOwn(own, rows),
    ...describeRetries(own.filter(({ retriedAfter }) => retriedAfter !== undefined)),
  ];
}

function describeOwn(outcomes: readonly ApplyOutcome[], rows: number): string[] {
  const by = (action: ApplyOutcome['action']) => outcomes.filter((outcome) => outcome.action === action);
  const unchanged = by('unchanged').length;
  const lines = (['created', 'configured'] as const).flatMap((action) => describeAction(action, by(action), rows));
  if (unchanged === 0) return lines;
  return [...lines, lines.length === 0 ? `unchanged: ${countOf(unchanged, 'object')}` : `unchanged: ${unchanged}`];
}

function describeAction(action: string, outcomes: readonly ApplyOutcome[], rows: number): string[] {
  if (outcomes.length === 0) return [];
  const names = hanging(
    `${action}:`,
    `${outcomes.map(({ kind, name }) => `${kind.toLowerCase()}/${name}`).join(', ')}`,
  );
  if (names.length <= rows) return names;
  const kinds = new Map<string, number>();
  for (const { kind } of outcomes) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const counts = [...kinds].map(([kind, count]) => countOf(count, kind)).join(', ');
  const text = `${action}: ${counts}`;
  return [text.length <= WIDTH ? text : `${action}: ${countOf(outcomes.length, 'object')}`];
}

/** A text behind a word, in rows of the terminal's width. */
function hanging(word: string, text: string): string[] {
  const rows = [word];
  for (const each of text.split(' ')) {
    const last = rows.at(-1) ?? '';
    if (last.length + 1 + each.length <= WIDTH) rows[rows.length - 1] = `${last} ${each}`;
    else rows.push(`  ${each}`);
  }
  return rows;
}

function describeRetries(outcomes: readonly ApplyOutcome[]): string[] {
  const lines = outcomes.slice(0, SHOWN_RETRIES).map(({ kind, name, retriedAfter = '' }) => {
    const said = retriedAfter.split('\n')[0];
    return `  ${kind} ${name} came too early and was applied after the rest; a real cluster says: ${said}`;
  });
  const more = outcomes.length - SHOWN_RETRIES;
  return more > 0 ? [...lines, `  and ${more} more came too early`] : lines;
}

/** `1 Ingress`, `2 Ingresses`, `3 NetworkPolicies`. */
export function countOf(count: number, word: string): string {
  if (count === 1 || word === 'Endpoints') return `${count} ${word}`;
  if (word.endsWith('s')) return `${count} ${word}es`;
  return `${count} ${word.endsWith('y') ? `${word.slice(0, -1)}ie` : word}s`;
}

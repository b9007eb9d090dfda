/** A line of a diff: kept, removed from the old text, or added by the new one. Line numbers count from 1. */
export interface DiffLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
  readonly oldLine?: number;
  readonly newLine?: number;
}

/** Beyond this many changed lines the middle is shown as replaced, so that the time stays bounded. */
const MAX_EDITS = 2_000;

/** The shortest line-by-line way from one text to another (Myers' algorithm); line ends do not count. */
export function diffLines(before: string, after: string): DiffLine[] {
  const [a, b] = [splitLines(before), splitLines(after)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - start && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const signs = [
    ...Array<' '>(start).fill(' '),
    ...diffMiddle(a.slice(start, a.length - tail), b.slice(start, b.length - tail)),
    ...Array<' '>(tail).fill(' '),
  ];
  return number(signs, a, b);
}

/** The changed lines with `context` lines around them; `@@` lines give the line numbers, as in `diff -u`. */
export function formatDiff(lines: readonly DiffLine[], context = 2): string {
  const shown = new Set<number>();
  for (const [at, { sign }] of lines.entries()) {
    if (sign === ' ') continue;
    for (let near = Math.max(0, at - context); near <= at + context && near < lines.length; near++) shown.add(near);
  }
  const output: string[] = [];
  for (const [at, line] of lines.entries()) {
    if (!shown.has(at)) continue;
    if (!shown.has(at - 1)) output.push(`@@ line ${line.newLine ?? line.oldLine} @@`);
    output.push(line.sign + line.text);
  }
  return output.join('\n');
}

function splitLines(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function number(signs: readonly DiffLine['sign'][], a: readonly string[], b: readonly string[]): DiffLine[] {
  let [oldLine, newLine] = [0, 0];
  return signs.map((sign) => {
    if (sign !== '+') oldLine++;
    if (sign !== '-') newLine++;
    if (sign === '-') return { sign, text: a[oldLine - 1] ?? '', oldLine };
    if (sign === '+') return { sign, text: b[newLine - 1] ?? '', newLine };
    return { sign, text: b[newLine - 1] ?? '', oldLine, newLine };
  });
}

function diffMiddle(a: readonly string[], b: readonly string[]): DiffLine['sign'][] {
  const replaced = [...Array<'-'>(a.length).fill('-'), ...Array<'+'>(b.length).fill('+')];
  if (a.length === 0 || b.length === 0) return replaced;
  const rounds = reach(a, b);
  return rounds === undefined ? replaced : backtrack(rounds, a.length, b.length);
}

/** For each number of edits: how far in `a` one gets on each diagonal (x − y). Undefined when it takes too many. */
function reach(a: readonly string[], b: readonly string[]): Map<number, number>[] | undefined {
  const rounds: Map<number, number>[] = [];
  let previous = new Map([[1, 0]]);
  for (let edits = 0; edits <= Math.min(MAX_EDITS, a.length + b.length); edits++) {
    const current = new Map<number, number>();
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = isDown(previous, diagonal, edits)
        ? (previous.get(diagonal + 1) ?? 0)
        : (previous.get(diagonal - 1) ?? 0) + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
      current.set(diagonal, x);
      if (x >= a.length && x - diagonal >= b.length) return [...rounds, current];
    }
    rounds.push(current);
    previous = current;
  }
  return undefined;
}

function isDown(previous: ReadonlyMap<number, number>, diagonal: number, edits: number): boolean {
  if (diagonal === -edits) return true;
  if (diagonal === edits) return false;
  return (previous.get(diagonal - 1) ?? 0) < (previous.get(diagonal + 1) ?? 0);
}

function backtrack(rounds: readonly ReadonlyMap<number, number>[], width: number, height: number): DiffLine['sign'][] {
  const signs: DiffLine['sign'][] = [];
  let [x, y] = [width, height];
  for (let edits = rounds.length - 1; edits > 0; edits--) {
    const previous = rounds[edits - 1] ?? new Map<number, number>();
    const down = isDown(previous, x - y, edits);
    const from = x - y + (down ? 1 : -1);
    const fromX = previous.get(from) ?? 0;
    while (x > fromX + (down ? 0 : 1)) {
      signs.push(' ');
      x--;
    }
    signs.push(down ? '+' : '-');
    [x, y] = [fromX, fromX - from];
  }
  for (; x > 0; x--) signs.push(' ');
  return signs.reverse();
}

import { formatPlace } from '../../manifest/problem.ts';
import { oneLine } from '../emit/words.ts';
import type { Pair, SharedFeature } from './compare.ts';

const HEAD = [
  'What submissions share that neither the starter nor the reference solution nor much of the class has.',
  'It is a reason to look, not a verdict: people who learn together, or from the same page, are alike too.',
  'Names, namespaces, hosts and order were not compared.',
];

/** Things that are shown of one pair. */
const SHOWN = 40;

/** Pairs side by side, for a person who decides. */
export function* similarityReport(pairs: readonly Pair[], compared: number): Generator<string> {
  yield `${HEAD.join('\n')}\n\n${compared} submissions compared, ${pairs.length} pairs to look at.\n`;
  for (const pair of pairs) yield `\n${pairLines(pair).join('\n')}\n`;
}

function pairLines({ left, right, likeness, shared, own }: Pair): string[] {
  const shown = shared.slice(0, SHOWN);
  const places = shown.map((each) => [placeOf(each.left), placeOf(each.right)] as const);
  const widths = [0, 1].map((side) =>
    Math.max((side === 0 ? left : right).length, ...places.map((each) => each[side as 0 | 1].length)),
  );
  const row = (a: string, b: string, text: string) =>
    `  ${a.padEnd(widths[0] ?? 0)}  ${b.padEnd(widths[1] ?? 0)}  ${text}`.trimEnd();
  return [
    `${oneLine(left)} and ${oneLine(right)}: ${Math.round(likeness * 100)} % alike, ${shared.length} of ${own[0]} and ${own[1]} own things are shared`,
    row(oneLine(left), oneLine(right), ''),
    ...shown.map((each, index) => row(places[index]?.[0] ?? '', places[index]?.[1] ?? '', said(each))),
    ...(shared.length > shown.length ? [`  and ${shared.length - shown.length} more`] : []),
  ];
}

function said({ text, owners }: SharedFeature): string {
  return `${oneLine(text)}${owners > 2 ? `  (${owners} submissions)` : ''}`;
}

function placeOf({ file, line }: { readonly file: string; readonly line: number }): string {
  return oneLine(formatPlace(file, { line }));
}

import type { RequestTrace, TraceHop } from '../wire.ts';
import { sentence } from './scene.ts';
import { hanging, wrap } from './wrap.ts';

const WIDTH = 80;
/** Where the words of a hop begin: behind the longest name of a step. */
const COLUMN = 14;

/** Steps before nginx: where they lead is enough. */
const BRIEF: ReadonlySet<TraceHop['step']> = new Set(['load-balancer', 'node-port']);

/** What is said already. */
interface Told {
  readonly summary: string;
  readonly places: Set<string>;
}

/** A request's way as plain text for a terminal of 80 columns: first the answer and what to do, then the steps. */
export function formatTrace(trace: RequestTrace): string {
  const { id, method, scheme, host, url, summary, hops, whatIf, fix, findings, deviations } = trace;
  const isLost = hops.length === 1;
  const told: Told = { summary, places: new Set() };
  const parts = [
    wrap(`${id === 0 ? '' : `#${id} `}${method} ${scheme}://${host}${url}`, WIDTH),
    wrap(summary, WIDTH),
    section('What to do', paragraph(fix)),
    findings.length === 0
      ? []
      : section(
          'The doctor says',
          findings.flatMap(({ message, fix: cure }) => [
            ...hanging('', sentence(message), 2, WIDTH),
            ...hanging('  →', cure, 4, WIDTH),
          ]),
        ),
    section('Step by step', isLost ? [] : hops.flatMap((hop) => formatHop(hop, told))),
    section(
      'What if',
      whatIf.flatMap(({ change, outcome }) => hanging('', `${change}: ${outcome}`, 2, WIDTH)),
    ),
    section(
      'Differs from a real cluster',
      deviations.flatMap((each) => hanging('  -', each, 4, WIDTH)),
    ),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function formatHop({ step, title, why, beat, details = [], object, source }: TraceHop, told: Told): string[] {
  const place = source === undefined ? '' : `${source.file}:${source.line}:${source.column}`;
  const isNew = !told.places.has(place);
  told.places.add(place);
  const who = object === undefined ? '' : `${object.kind} ${object.namespace}/${object.name}`;
  if (BRIEF.has(step)) return hanging(`  ${step}`, title, COLUMN + 2, WIDTH);
  return [
    ...hanging(`  ${step}`, title, COLUMN + 2, WIDTH),
    ...(saidIn(told.summary, why) ? [] : hanging('', why, COLUMN + 2, WIDTH)),
    ...details.flatMap((each) => hanging(`${' '.repeat(COLUMN + 2)}-`, each, COLUMN + 4, WIDTH)),
    ...beat.flatMap((each) =>
      hanging(`${' '.repeat(COLUMN + 2)}${/^\d+ more$/.test(each) ? 'nor' : 'not'}`, each, COLUMN + 6, WIDTH),
    ),
    ...(place === '' || !isNew ? [] : hanging('', `${place}  ${who}`, COLUMN + 2, WIDTH)),
  ];
}

/** Whether the answer at the top says the same. */
function saidIn(summary: string, why: string): boolean {
  return summary.toLowerCase().includes(why.toLowerCase());
}

/** A line of its own that is to be pasted is never broken. */
function paragraph(text: string): string[] {
  return text.split('\n').flatMap((line, index) => (index === 0 ? hanging('', line, 2, WIDTH) : [`    ${line}`]));
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

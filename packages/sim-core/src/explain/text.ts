import type { RequestTrace, TraceHop } from '../wire.ts';
import { hanging, wrap } from './wrap.ts';

const WIDTH = 80;
/** Where the words of a hop begin: behind the longest name of a step. */
const COLUMN = 15;

/** A request's way as plain text for a terminal of 80 columns. */
export function formatTrace(trace: RequestTrace): string {
  const { method, scheme, host, url, summary, hops, whatIf, fix, deviations } = trace;
  const parts = [
    [...wrap(`${method} ${scheme}://${host}${url}`, WIDTH), ...wrap(summary, WIDTH)],
    hops.flatMap(formatHop),
    section(
      'What if',
      whatIf.flatMap(({ change, outcome }) => hanging('', `${change}: ${outcome}`, 2, WIDTH)),
    ),
    section('What to do', hanging('', fix, 2, WIDTH)),
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

function formatHop({ step, title, why, beat, object, field, source }: TraceHop): string[] {
  const place = source === undefined ? '' : `${source.file}:${source.line}`;
  const who = object === undefined ? '' : `${object.kind} ${object.namespace}/${object.name} ${field ?? ''}`;
  return [
    ...hanging(step, title, COLUMN, WIDTH),
    ...hanging('', why, COLUMN, WIDTH),
    ...beat.flatMap((each) => hanging(`${' '.repeat(COLUMN)}not`, each, COLUMN + 4, WIDTH)),
    ...(place === '' ? [] : hanging('', `${place}  ${who}`, COLUMN, WIDTH)),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

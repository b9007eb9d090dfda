import type { DoctorFinding } from '../../wire.ts';
import { examine } from '../doctor.ts';
import { runningWorld } from './running-world.ts';

/** A text with the first occurrence of each edit's text replaced. @throws Error for a text that is not there */
export function edit(text: string, edits: readonly (readonly [from: string | RegExp, to: string])[]): string {
  return edits.reduce((before, [from, to]) => {
    const after = before.replace(from, to);
    if (after === before) throw new Error(`there is no ${from} in the text`);
    return after;
  }, text);
}

/** What the doctor says of a file, without what is only to be known. */
export function troubles(
  file: string,
  text: string,
  options: Parameters<typeof runningWorld>[1] = {},
): DoctorFinding[] {
  return examine(runningWorld({ [file]: text }, options).world()).filter(({ severity }) => severity !== 'info');
}

/** Number of the line that holds a text; the `nth`, from 1. */
export function lineOf(text: string, needle: string, nth = 1): number {
  const lines = text.split('\n').flatMap((line, index) => (line.includes(needle) ? [index + 1] : []));
  return lines[nth - 1] ?? 0;
}

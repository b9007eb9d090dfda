import type { Vector } from './vector.ts';

/** What happens once everything runs, in the words of a vector. */
export const CHANGE = /^scale service (\S+) from (\d+) to (\d+) endpoints$/;

/** Another number of pods behind a Service. */
export interface Scaling {
  readonly service: string;
  readonly from: number;
  readonly to: number;
}

/** The change of a vector; undefined where nothing changes. */
export function scalingOf({ change = '' }: Vector): Scaling | undefined {
  const [, service, from, to] = CHANGE.exec(change) ?? [];
  return service === undefined ? undefined : { service, from: Number(from), to: Number(to) };
}

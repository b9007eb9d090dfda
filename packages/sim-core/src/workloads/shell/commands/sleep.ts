import type { Process } from '../process.ts';
import { pause, type Run } from '../wait.ts';
import { isBusybox } from './userland.ts';

const SECONDS: Readonly<Record<string, number>> = Object.freeze({ '': 1, s: 1, m: 60, h: 3600, d: 86_400 });

/** Milliseconds that the arguments of `sleep` add up to: `5`, `0.5`, `2m`, `infinity`. */
export function sleepTime(words: readonly string[]): number {
  let milliseconds = 0;
  for (const word of words) {
    const [, amount = '0', unit = ''] = /^(\d*\.?\d+)([smhd]?)$/.exec(word) ?? [];
    const seconds = word.startsWith('inf') ? Number.POSITIVE_INFINITY : Number(amount) * (SECONDS[unit] as number);
    milliseconds += seconds * 1000;
  }
  return milliseconds;
}

/** `sleep 5`, `sleep infinity`. */
export function sleep(process: Process): number | Run {
  const wrong = process.args.find((word) => !/^(\d*\.?\d+[smhd]?|inf(inity)?)$/.test(word));
  if (wrong === undefined && process.args.length > 0) return sleeping(sleepTime(process.args));
  process.stderr.write(
    isBusybox(process) ? `sleep: invalid number '${wrong ?? ''}'\n` : `sleep: invalid time interval ‘${wrong ?? ''}’\n`,
  );
  return 1;
}

/** A command that only lets time pass. */
export function* sleeping(milliseconds: number): Run {
  yield* pause(milliseconds);
  return 0;
}

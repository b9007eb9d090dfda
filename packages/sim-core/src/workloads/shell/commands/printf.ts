import type { Process } from '../process.ts';
import { unescapeAnsi } from '../words.ts';

const LONGEST_OUTPUT = 100_000;

/** `printf format [value …]`: the format again while values are left. */
export function printf({ args: [format = '', ...values], stdout }: Process): number {
  let rest = [...values];
  let written = 0;
  do {
    const before = rest.length;
    const text = unescapeAnsi(format).replace(
      /%([-0+ ]*)(\d*)(?:\.(\d+))?([sdiuxXcfbq%])/g,
      (_, flags: string, width: string, precision: string | undefined, kind: string) => {
        if (kind === '%') return '%';
        return padded(formatted(rest.shift() ?? '', kind, precision), flags, Math.min(Number(width), 1000));
      },
    );
    stdout.write(text);
    written += text.length;
    if (rest.length === before) rest = [];
  } while (rest.length > 0 && written < LONGEST_OUTPUT);
  return 0;
}

function formatted(value: string, kind: string, precision: string | undefined): string {
  if (kind === 's' || kind === 'q') return precision === undefined ? value : value.slice(0, Number(precision));
  if (kind === 'b') return unescapeAnsi(value);
  if (kind === 'c') return value.slice(0, 1);
  const number = Number(value) || 0;
  if (kind === 'f') return number.toFixed(Math.min(Number(precision ?? 6), 20));
  return kind === 'x'
    ? Math.trunc(number).toString(16)
    : kind === 'X'
      ? Math.trunc(number).toString(16).toUpperCase()
      : String(Math.trunc(number));
}

function padded(text: string, flags: string, width: number): string {
  if (flags.includes('-')) return text.padEnd(width);
  return text.padStart(width, flags.includes('0') ? '0' : ' ');
}

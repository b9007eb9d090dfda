import type { Process } from '../process.ts';

/** `free [-m | -g]`. */
export function free({ args, stdout }: Process): number {
  const unit = args.includes('-m') ? 1024 : args.includes('-g') ? 1024 * 1024 : 1;
  const row = (name: string, numbers: readonly number[]) =>
    `${name.padEnd(6)}${numbers.map((number) => String(Math.floor(number / unit)).padStart(12)).join('')}\n`;
  stdout.write('              total        used        free      shared  buff/cache   available\n');
  stdout.write(row('Mem:', [16_384_000, 4_096_000, 8_192_000, 10_240, 4_096_000, 12_000_000]));
  stdout.write(row('Swap:', [0, 0, 0]));
  return 0;
}

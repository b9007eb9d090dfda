import type { Executable } from '../process.ts';
import { printing } from './printing.ts';

const KERNEL = Object.freeze({
  s: 'Linux',
  r: '5.15.0',
  v: '#1 SMP',
  m: 'x86_64',
});

/** `uname [-asnrvm]`. */
export const uname: Executable = printing(({ args, machine: { context } }) => {
  const letters = args.join('').replaceAll('-', '') || 's';
  const parts: Readonly<Record<string, string>> = { ...KERNEL, n: context.env['HOSTNAME'] ?? '' };
  const wanted = letters.includes('a') ? 'snrvm' : letters;
  return (
    [...'snrvm']
      .filter((letter) => wanted.includes(letter))
      .map((letter) => parts[letter])
      .join(' ') + (letters.includes('a') ? ' GNU/Linux' : '')
  );
});

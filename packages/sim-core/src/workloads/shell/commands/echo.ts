import type { Process } from '../process.ts';
import { unescapeAnsi } from '../words.ts';

/** `echo [-neE]`. */
export function echo({ args, stdout, machine }: Process): number {
  const first = args.findIndex((word) => !/^-[neE]+$/.test(word));
  const flags = args.slice(0, first < 0 ? args.length : first).join('');
  const text = first < 0 ? '' : args.slice(first).join(' ');
  // ash and dash take escapes only with -e; so does bash.
  const shown = flags.includes('e') || machine.tools.userland === 'debian' ? unescapeAnsi(text) : text;
  stdout.write(`${shown}${flags.includes('n') ? '' : '\n'}`);
  return 0;
}

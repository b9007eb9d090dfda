import type { Process } from '../process.ts';

/** `expr a operator b`: 1 where the outcome is 0 or nothing. */
export function expr({ args, stdout }: Process): number {
  const [a = '', operator = '', b = ''] = args;
  const [x, y] = [Number(a), Number(b)];
  const value: string | number | boolean =
    operator === '+'
      ? x + y
      : operator === '-'
        ? x - y
        : operator === '*'
          ? x * y
          : operator === '/'
            ? Math.trunc(x / y)
            : operator === '%'
              ? x % y
              : operator === '='
                ? a === b
                : operator === '<'
                  ? x < y
                  : operator === '>'
                    ? x > y
                    : a;
  const shown = typeof value === 'boolean' ? String(Number(value)) : String(value);
  stdout.write(`${shown}\n`);
  return shown === '0' || shown === '' ? 1 : 0;
}

import type { Options } from '../options.ts';

/** -X, or what the other options imply. */
export function methodOf(options: Options): string {
  if (options.has('X')) return options.value('X') as string;
  if (options.has('I')) return 'HEAD';
  if (options.has('T')) return 'PUT';
  return (options.has('d') || options.has('json') || options.has('F')) && !options.has('G') ? 'POST' : 'GET';
}

import { type Conf, withSettings } from './conf.ts';

/** How one directive is printed. */
export interface Printer<T, C> {
  /** Annotations and ConfigMap keys that set it, without prefix; flags begin with `--`. */
  readonly settings: readonly string[];
  /** Its lines in the block that it is a directive of. */
  readonly lines: (value: T, context: C) => readonly Conf[];
  /** Blocks of the server beside the location. */
  readonly beside?: (value: T, context: C) => readonly Conf[];
  /** What stands in `http` for it, once however many locations have it. */
  readonly http?: (value: T, context: C) => readonly Conf[];
}

/**
 * A printer for every directive, in the order in which they are printed: leaving one out does not compile. A name stands
 * for the directive in whose lines this one is printed.
 */
export type Printers<D, C> = { readonly [K in keyof D]-?: Printer<NonNullable<D[K]>, C> | In<D> };

/** `hsts`, or a directive of another block: `location.sslRedirect`. */
type In<D> = (keyof D & string) | `${'http' | 'server' | 'location' | 'upstream'}.${string}`;

/** @param settings what sets the directive; lines may name others instead */
export function from<T, C>(
  settings: string | readonly string[],
  lines: Printer<T, C>['lines'],
  more: Pick<Printer<T, C>, 'beside' | 'http'> = {},
): Printer<T, C> {
  return { settings: typeof settings === 'string' ? [settings] : settings, lines, ...more };
}

/** What is printed of all directives of a block. */
export function printDirectives<D, C>(
  printers: Printers<D, C>,
  directives: D,
  context: C,
  part: 'lines' | 'beside' | 'http' = 'lines',
): Conf[] {
  return (Object.keys(printers) as (keyof D)[]).flatMap((name) => {
    const printer = printers[name] as Printer<unknown, C> | string;
    const value = directives[name];
    if (typeof printer === 'string' || value === undefined) return [];
    return (printer[part]?.(value, context) ?? []).map((each) => withSettings(each, printer.settings));
  });
}

import { type Signal, signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { EN } from './en.ts';

/** Name of a text of the page. */
export type Key = keyof typeof EN;

/** The texts of a language; what is missing is said in English. */
export type Catalogue = Partial<Record<Key, string>>;

/** What stands for `{name}` in a text. */
export type Values = Readonly<Record<string, string | number>>;

/** Languages of the page. `pseudo` and `pseudo-rtl` are English made longer, to see what it does to the layout. */
export type Locale = 'en' | 'he' | 'pseudo' | 'pseudo-rtl';

/** What the page says, in the language that was chosen. */
export interface Words {
  readonly locale: Signal<Locale>;
  readonly catalogue: Signal<Catalogue>;
  /** A text with its values; whoever renders with it renders again in another language. */
  t(key: Key, values?: Values): string;
  /** The same with elements for values; names and numbers belong into `<bdi dir="ltr">`. */
  rich(key: Key, values: Readonly<Record<string, ComponentChildren>>): ComponentChildren[];
  /** A text for one, or for another number: `key.one`, `key.other`. */
  count(key: CountKey, n: number, values?: Values): string;
}

type CountKey = Key extends infer K ? (K extends `${infer Name}.one` ? Name : never) : never;

/** @returns whether a language is written from right to left */
export function isRightToLeft(locale: Locale): boolean {
  return locale === 'he' || locale === 'pseudo-rtl';
}

/** What `<bdi dir="ltr">` does, for plain text: names, paths and numbers keep their own order between other letters. */
function isolated(value: string | number): string {
  return `\u2066${value}\u2069`;
}

const PLACE = /\{(\w+)\}/g;

export function createWords(): Words {
  const catalogue = signal<Catalogue>(EN);
  const locale = signal<Locale>('en');
  const text = (key: Key): string => catalogue.value[key] ?? EN[key];
  const t = (key: Key, values: Values = {}): string =>
    text(key).replace(PLACE, (place, name: string) => {
      const value = values[name];
      return value === undefined ? place : isRightToLeft(locale.value) ? isolated(value) : String(value);
    });
  return {
    locale,
    catalogue,
    t,
    rich: (key, values) =>
      text(key)
        .split(PLACE)
        .map((part, i) => (i % 2 === 0 ? part : values[part])),
    count: (key, n, values) => {
      const form = new Intl.PluralRules(locale.value === 'he' ? 'he' : 'en').select(n) === 'one' ? 'one' : 'other';
      return t(`${key}.${form}` as Key, { n, ...values });
    },
  };
}

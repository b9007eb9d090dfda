import { EN } from './en.ts';
import type { Catalogue, Key, Locale } from './words.tsx';

/** The texts of a language; only English is there from the start. */
export async function loadCatalogue(locale: Locale): Promise<Catalogue> {
  if (locale === 'he') return (await import('./he.ts')).HE;
  if (locale === 'pseudo') return mapped(accented);
  return locale === 'pseudo-rtl' ? mapped(hebraized) : EN;
}

function mapped(change: (text: string) => string): Catalogue {
  return Object.fromEntries(Object.entries(EN).map(([key, text]) => [key, change(text)])) as Record<Key, string>;
}

/** Longer by two fifths, as German or Russian are, and still to be read. */
export function accented(text: string): string {
  const letters = 'aàeéiîoöuüAÀEÉIÎOÖUÜ';
  const changed = outsidePlaces(text, (part) =>
    part.replace(/[aeiouAEIOU]/g, (letter) => letters[letters.indexOf(letter) + 1] ?? letter),
  );
  return `${changed}${'~'.repeat(Math.ceil(text.length * 0.4))}`;
}

/** The same text in letters that run from right to left. */
export function hebraized(text: string): string {
  const letters = 'אבגדהוזחטיכלמנסעפצקרשתאבגד';
  return outsidePlaces(text, (part) =>
    part.replace(/[a-z]/gi, (letter) => letters[letter.toLowerCase().charCodeAt(0) - 97] ?? letter),
  );
}

function outsidePlaces(text: string, change: (part: string) => string): string {
  return text
    .split(/(\{\w+\})/)
    .map((part, i) => (i % 2 === 0 ? change(part) : part))
    .join('');
}

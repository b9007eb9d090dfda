import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { isFields } from '../../manifest/document.ts';
import type { Json } from '../result.ts';

/** What one student's variant says, by its name. */
export type Variant = Readonly<Record<string, Json>>;

type Variants = Readonly<Record<string, readonly Json[]>>;

/**
 * One value of each, by HMAC-SHA-256 of the student under the instructor's secret: the same student gets the same ones
 * always, and nobody can work out those of another.
 */
export function variantOf(variants: Variants, secret: string, student: string): Variant {
  return pick(variants, (name, count) => {
    const mac = hmac(sha256, utf8ToBytes(secret), utf8ToBytes(`${name}\0${student}`));
    return new DataView(mac.buffer, mac.byteOffset).getUint32(0) % count;
  });
}

/** The first value of each: what is taken without a secret, and what the reference solution is written for. */
export function firstVariant(variants: Variants): Variant {
  return pick(variants, () => 0);
}

function pick(variants: Variants, indexOf: (name: string, count: number) => number): Variant {
  const chosen = Object.entries(variants).map(([name, values]) => [name, values[indexOf(name, values.length)] ?? null]);
  return Object.fromEntries(chosen);
}

const NAME = /\$([A-Za-z]\w*)/g;

/** A text with `$weight` replaced by what the variant says; other words with a `$` stay. */
export function fillText(text: string, variant: Variant): string {
  return text.replace(NAME, (whole, name: string) => (Object.hasOwn(variant, name) ? textOf(variant[name]) : whole));
}

/** A value with `$weight` replaced in its strings; a string that is nothing else becomes the value itself. */
export function fillValue(value: unknown, variant: Variant): unknown {
  if (typeof value === 'string') {
    const name = value.startsWith('$') ? value.slice(1) : '';
    return Object.hasOwn(variant, name) ? variant[name] : fillText(value, variant);
  }
  if (Array.isArray(value)) return value.map((item) => fillValue(item, variant));
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fillValue(inner, variant)]));
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

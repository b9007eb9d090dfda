import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { goJson } from '../../apimachinery/go-json.ts';
import type { JsonObject } from '../json.ts';
import { text } from '../json.ts';

/** Digits that could spell words, and what stands for them (kustomize api/hasher/hasher.go encode). */
const STANDS_FOR: Readonly<Record<string, string>> = Object.freeze({ '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' });

/** The ten letters that a generated ConfigMap or Secret has behind its name (kustomize api/hasher/hasher.go). */
export function hashSuffix(value: JsonObject): string {
  const kind = text(value, 'kind');
  const content = {
    kind,
    // Without the name: the same content has the same hash in every layer.
    name: '',
    data: value['data'] ?? '',
    ...(kind === 'Secret' ? { type: text(value, 'type') } : {}),
    ...(value['binaryData'] === undefined ? {} : { binaryData: value['binaryData'] }),
  };
  const digits = [...bytesToHex(sha256(utf8ToBytes(goJson(content)))).slice(0, 10)];
  return digits.map((digit) => STANDS_FOR[digit] ?? digit).join('');
}

import { findDuplicates, keyText } from './bad-key.ts';
import { DEFAULT_LIMITS } from './document.ts';
import { createLineIndex } from './line-index.ts';
import { DUPLICATE_KEY, parseDocument } from './parse-document.ts';

/** One YAML document as a program reads it that asks for nothing but the value. */
export interface YamlValue {
  readonly value: unknown;
  /** Keys that stand twice in one mapping, in the words of go-yaml; of two the last one counts. */
  readonly duplicates: readonly string[];
}

/**
 * Reads a YAML document as sigs.k8s.io/yaml does.
 * @throws Error in go-yaml's words
 */
export function readYaml(text: string): YamlValue {
  const parsed = parseDocument(text, DEFAULT_LIMITS);
  if ('value' in parsed) return { value: parsed.value, duplicates: [] };
  if ('finding' in parsed) throw notConverted(parsed.finding.message);
  const { reason, offset } = parsed.failure;
  const lineOf = (at: number): number => createLineIndex(text).positionAt(at).line;
  const tree = reason === DUPLICATE_KEY ? parsed.tree() : undefined;
  const again = parseDocument(text, DEFAULT_LIMITS, true);
  if (tree === undefined || !('value' in again)) throw notConverted(`line ${lineOf(offset)}: ${reason}`);
  const duplicates = findDuplicates(tree).map(
    (entry) => `line ${lineOf(entry.key.start)}: key "${keyText(entry)}" already set in map`,
  );
  return { value: again.value, duplicates };
}

function notConverted(why: string): Error {
  return new Error(`error converting YAML to JSON: yaml: ${why}`);
}

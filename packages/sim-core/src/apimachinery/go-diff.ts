import { deepEqual } from './deep.ts';
import { goSyntax } from './go-syntax.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * What differs between two values of a Go type, in the manner of `cmp.Diff`: lines that are gone after `-`, new ones
 * after `+`, the rest counted. Go's own text is not stable either; this one names fields by their Go names.
 * @param type how Go calls the type, `core.PodSpec`
 */
export function goDiff(type: string, before: Json, after: Json): string {
  return [`  ${type}{`, ...diffFields(before, after, 1), '  }', ''].join('\n');
}

function diffFields(before: Json, after: Json, depth: number): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = keys.filter((key) => !deepEqual(before[key], after[key]));
  const same = keys.length - changed.length;
  const rest = `  ${'\t'.repeat(depth)}... // ${same} identical ${same === 1 ? 'field' : 'fields'}`;
  const lines = changed.flatMap((key) => diffMember(`${goName(key)}: `, before[key], after[key], depth));
  return same > 0 ? [...lines, rest] : lines;
}

function diffMember(label: string, before: unknown, after: unknown, depth: number): string[] {
  const tabs = '\t'.repeat(depth);
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    const items = before.flatMap((item, i) =>
      deepEqual(item, after[i]) ? [] : diffMember('', item, after[i], depth + 1),
    );
    return [`  ${tabs}${label}{`, ...items, `  ${tabs}},`];
  }
  if (isObject(before) && isObject(after)) {
    return [`  ${tabs}${label}{`, ...diffFields(before, after, depth + 1), `  ${tabs}},`];
  }
  return [`- ${tabs}${label}${show(before)},`, `+ ${tabs}${label}${show(after)},`];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  return value === undefined ? 'nil' : goSyntax(value);
}

/** `dnsPolicy` → `DNSPolicy`, `image` → `Image`. */
function goName(key: string): string {
  return key.replace(/^(dns|ip|tcp|http|os|id|uid|url)(?=[A-Z]|$)/, (word) => word.toUpperCase()).replace(/^./, upper);
}

function upper(letter: string): string {
  return letter.toUpperCase();
}

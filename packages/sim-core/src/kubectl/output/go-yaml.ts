import { isObject, type JsonObject } from '../json.ts';

/** A value as sigs.k8s.io/yaml prints it: keys in natural order, lists not indented (goyaml.v2 encode.go, emitterc.go). */
export function goYaml(value: unknown): string {
  if (isObject(value) && Object.keys(value).length > 0) return mapping(value, '');
  if (Array.isArray(value) && value.length > 0) return sequence(value, '');
  return `${scalar(value, '')}\n`;
}

function mapping(value: JsonObject, indent: string): string {
  const keys = Object.keys(value).sort(naturalOrder);
  return keys.map((key) => `${indent}${plainOrQuoted(key)}:${nested(value[key], indent)}`).join('');
}

function nested(value: unknown, indent: string): string {
  if (isObject(value) && Object.keys(value).length > 0) return `\n${mapping(value, `${indent}  `)}`;
  if (Array.isArray(value) && value.length > 0) return `\n${sequence(value, indent)}`;
  return ` ${scalar(value, `${indent}  `)}\n`;
}

function sequence(values: readonly unknown[], indent: string): string {
  return values.map((value) => `${indent}- ${item(value, indent)}`).join('');
}

function item(value: unknown, indent: string): string {
  const inner = `${indent}  `;
  if (isObject(value) && Object.keys(value).length > 0) return mapping(value, inner).slice(inner.length);
  if (Array.isArray(value) && value.length > 0) return sequence(value, inner).slice(inner.length);
  return `${scalar(value, inner)}\n`;
}

function scalar(value: unknown, indent: string): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return '[]';
  if (typeof value === 'object') return '{}';
  if (typeof value === 'string') return value.includes('\n') ? literal(value, indent) : plainOrQuoted(value);
  return String(value);
}

/** `|` with its lines; double quotes where a block cannot say it. */
function literal(text: string, indent: string): string {
  const isBlock = !hasSpecial(text) && !/ \n/.test(text) && !text.endsWith(' ');
  if (!isBlock) return doubleQuoted(text);
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const chomp = !text.endsWith('\n') ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : '';
  const lines = text.replace(/\n$/, '').split('\n');
  return `|${hint}${chomp}\n${lines.map((line) => (line === '' ? '' : indent + line)).join('\n')}`;
}

function plainOrQuoted(text: string): string {
  if (resolvesToOther(text)) return doubleQuoted(text);
  if (hasSpecial(text) || text.includes('\n')) return doubleQuoted(text);
  const leads = /^[#,[\]{}&*!|>'"%@`]/.test(text) || /^[?:-](\s|$)/.test(text) || /^(---|\.\.\.)/.test(text);
  const inside = /:(\s|$)/.test(text) || /\s#/.test(text);
  const spaces = /^ | $/.test(text);
  return leads || inside || spaces ? `'${text.replaceAll("'", "''")}'` : text;
}

/** Whether a plain scalar would be read as something else than this text (goyaml.v2 resolve.go). */
function resolvesToOther(text: string): boolean {
  if (/^(|~|null|Null|NULL|<<)$/.test(text)) return true;
  if (/^(y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE|n|N|no|No|NO|off|Off|OFF|false|False|FALSE)$/.test(text)) return true;
  if (/^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$/.test(text)) return true;
  if (/^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/.test(text)) return true;
  if (/^\d{4}-\d{1,2}-\d{1,2}([Tt ]\d{1,2}:\d{1,2}:\d{1,2}(\.\d*)?(Z|[-+]\d{2}:\d{2})?)?$/.test(text)) return true;
  const digits = text.replaceAll('_', '');
  if (!/^[-+.\d]/.test(text)) return false;
  if (/^[-+]?(0[bB][01]+|0[xX][\da-fA-F]+|0[oO]?[0-7]+|0|[1-9]\d*)$/.test(digits)) return true;
  return /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/.test(digits);
}

function hasSpecial(text: string): boolean {
  for (const each of text) {
    const code = each.codePointAt(0) as number;
    const printable =
      code === 0x0a || (code >= 0x20 && code <= 0x7e) || code === 0x85 || (code >= 0xa0 && code !== 0xfeff);
    if (!printable || (code >= 0xd800 && code <= 0xdfff) || code === 0x2028 || code === 0x2029) return true;
  }
  return false;
}

const ESCAPES: Readonly<Record<string, string>> = Object.freeze({
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\x85': '\\N',
  '\xa0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
});

function doubleQuoted(text: string): string {
  const escaped = [...text].map((each) => {
    const known = ESCAPES[each];
    if (known !== undefined) return known;
    if (!hasSpecial(each)) return each;
    const code = each.codePointAt(0) as number;
    if (code <= 0xff) return `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
    return code <= 0xffff
      ? `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`
      : `\\U${code.toString(16).toUpperCase().padStart(8, '0')}`;
  });
  return `"${escaped.join('')}"`;
}

/** Letters behind all else, numbers by their value (goyaml.v2 sorter.go). */
function naturalOrder(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const [x, y] = [left[i] as string, right[i] as string];
    if (x === y) continue;
    const [xLetter, yLetter] = [/\p{L}/u.test(x), /\p{L}/u.test(y)];
    if (xLetter && yLetter) return x < y ? -1 : 1;
    if (xLetter || yLetter) return yLetter ? -1 : 1;
    const [m, n] = [numberAt(left, i), numberAt(right, i)];
    if (m !== n) return m - n;
    return x < y ? -1 : 1;
  }
  return left.length - right.length;
}

function numberAt(runes: readonly string[], from: number): number {
  let value = 0;
  for (let i = from; i < runes.length && /\d/.test(runes[i] as string); i++) value = value * 10 + Number(runes[i]);
  return value;
}

const VALID = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const DIGIT = /[A-Za-z0-9+/]/;

function skipLineBreaks(text: string, from: number): number {
  let at = from;
  while (text[at] === '\n' || text[at] === '\r') at++;
  return at;
}

/** Where the padding that starts at `at` (with `digits` digits before it in its group of four) goes wrong, or -1. */
function paddingError(text: string, at: number, digits: number): number {
  if (digits < 2) return at;
  let next = skipLineBreaks(text, at + 1);
  if (digits === 2) {
    if (next >= text.length) return text.length;
    if (text[next] !== '=') return next - 1;
    next = skipLineBreaks(text, next + 1);
  }
  return next < text.length ? next : -1;
}

function errorAt(text: string): number {
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === '\n' || char === '\r') continue;
    if (char === '=') return paddingError(text, at, digits);
    if (!DIGIT.test(char)) return at;
    digits = (digits + 1) % 4;
  }
  return digits === 0 ? -1 : text.length - digits;
}

/** What Go's `base64.StdEncoding` says of a text that is not base64 (line breaks are skipped); undefined when it is. */
export function base64Error(text: string): string | undefined {
  if (VALID.test(text)) return undefined;
  const at = errorAt(text);
  return at < 0 ? undefined : `illegal base64 data at input byte ${at}`;
}

/** Texts of a `Warning` header, `299 - "text"`; several may stand in one (RFC 7234, 5.5). */
export function warningTexts(header: string): string[] {
  const found = header.matchAll(/299 \S+ "((?:\\.|[^"\\])*)"/g);
  return [...found].map(([, text = '']) => text.replace(/\\(.)/g, '$1'));
}

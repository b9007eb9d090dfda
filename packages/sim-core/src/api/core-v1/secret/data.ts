/** The text that base64 stands for; bytes that are no UTF-8 become replacement characters. */
export function decodeBase64(value: string): string {
  const bytes = Uint8Array.from(atob(value.replace(/\s/g, '')), (character) => character.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}

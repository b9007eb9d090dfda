/** Characters that steer a terminal, turn or hide text, or that XML cannot hold. A line feed is among them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const STEERING = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]/g;

/** A text without characters that could play tricks on a terminal or a page. */
export function printable(text: string): string {
  return text.replace(STEERING, '\uFFFD');
}

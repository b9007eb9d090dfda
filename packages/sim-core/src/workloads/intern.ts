/**
 * The one string of its text that the engine compares by address. A part of a long text (a manifest, a URL) stays tied to it, and
 * where it is looked up in a Map it is compared letter by letter, out of line: worth it for names that every request looks up.
 */
export function intern(text: string): string {
  return Object.keys({ [text]: true })[0] as string;
}

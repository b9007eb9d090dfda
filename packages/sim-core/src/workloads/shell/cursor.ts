/** What keeps a text from being a script. Without `unexpected` it only lacks its end. */
export class SyntaxFailure extends Error {
  readonly unexpected: string | undefined;
  constructor(unexpected: string | undefined) {
    super(unexpected === undefined ? 'unexpected end of file' : `unexpected ${unexpected}`);
    this.unexpected = unexpected;
  }
}

/** A here-document whose text begins after the line. */
export interface HereDocument {
  readonly delimiter: string;
  readonly stripTabs: boolean;
  take(text: string): void;
}

/** Deeper nesting than this is refused: hostile input must not use up the stack. */
const DEEPEST = 60;

/** A place in the text of a script. */
export class Cursor {
  readonly text: string;
  at = 0;
  #depth = 0;
  #hereDocuments: HereDocument[] = [];

  constructor(text: string) {
    this.text = text;
  }

  get character(): string {
    return this.text[this.at] ?? '';
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  sees(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  /** Steps over the text where it stands here. */
  take(text: string): boolean {
    if (!this.sees(text)) return false;
    this.at += text.length;
    return true;
  }

  /** Everything up to the text, and over it. @throws SyntaxFailure when it does not come */
  takeUntil(text: string): string {
    const end = this.text.indexOf(text, this.at);
    if (end < 0) throw new SyntaxFailure(undefined);
    const found = this.text.slice(this.at, end);
    this.at = end + text.length;
    return found;
  }

  /** Spaces, continued lines, and a comment. */
  skipBlanks(): void {
    for (;;) {
      if (this.character === ' ' || this.character === '\t' || this.character === '\r') this.at++;
      else if (!this.take('\\\n')) break;
    }
    if (this.character !== '#') return;
    const end = this.text.indexOf('\n', this.at);
    this.at = end < 0 ? this.text.length : end;
  }

  skipLines(): void {
    for (this.skipBlanks(); this.takeLineBreak(); this.skipBlanks());
  }

  /** Steps over the end of a line, and over the here-documents that begin there. */
  takeLineBreak(): boolean {
    if (!this.take('\n')) return false;
    for (const document of this.#hereDocuments.splice(0)) document.take(this.#hereText(document));
    return true;
  }

  expectHereDocument(document: HereDocument): void {
    this.#hereDocuments.push(document);
  }

  /** Whether a here-document still waits for its text. */
  get owesHereDocument(): boolean {
    return this.#hereDocuments.length > 0;
  }

  /** Goes one level deeper while `read` runs. @throws SyntaxFailure when that is too deep */
  nested<T>(read: () => T): T {
    if (++this.#depth > DEEPEST) throw new SyntaxFailure('nesting');
    const value = read();
    this.#depth--;
    return value;
  }

  #hereText({ delimiter, stripTabs }: HereDocument): string {
    const lines: string[] = [];
    while (!this.done) {
      const end = this.text.indexOf('\n', this.at);
      const raw = this.text.slice(this.at, end < 0 ? undefined : end);
      const line = stripTabs ? raw.replace(/^\t+/, '') : raw;
      this.at = end < 0 ? this.text.length : end + 1;
      if (line === delimiter) return lines.join('');
      lines.push(`${line}\n`);
    }
    throw new SyntaxFailure(undefined);
  }
}

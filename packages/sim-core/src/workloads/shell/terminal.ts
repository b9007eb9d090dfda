import type { TerminalControl } from './process.ts';
import type { Input, Output } from './streams.ts';
import { type ProcessGroup, SIGNALLED } from './task.ts';

/** More than this is not typed ahead. */
const MOST_TYPED = 64_000;
const MOST_HISTORY = 200;

/**
 * A terminal: echoes what is typed, edits the line, and turns Ctrl-C and Ctrl-D into what they mean (termios(3), canonical mode;
 * history as shells have it). Everything that goes out has CR LF at the ends of lines.
 */
export class Terminal implements Input, Output, TerminalControl {
  columns = 80;
  readonly #send: (text: string) => void;
  readonly #history: string[] = [];
  #ready = '';
  #eof = false;
  #hungUp = false;
  #reader: ((text: string | undefined) => void) | undefined;
  #line = '';
  #escape = '';
  #prompt: string | undefined;
  #place = 0;
  #foreground: ProcessGroup | undefined;

  constructor(send: (text: string) => void) {
    this.#send = send;
  }

  write(text: string): void {
    this.#send(text.replace(/\r?\n/g, '\r\n'));
  }

  read(done: (text: string | undefined) => void): void {
    this.#reader = done;
    this.#hand();
  }

  unread(text: string): void {
    this.#ready = text + this.#ready;
  }

  prompt(text: string): void {
    this.#prompt = text;
    this.#place = this.#history.length;
    this.#send(text + this.#line);
  }

  foreground(group: ProcessGroup | undefined): void {
    this.#foreground = group;
    if (group !== undefined) this.#prompt = undefined;
  }

  /** Shows the prompt again to somebody who has just come. */
  redraw(): void {
    if (this.#prompt !== undefined) this.#send(this.#prompt + this.#line);
  }

  /** Nobody types any more. */
  hangUp(): void {
    this.#hungUp = true;
    this.#hand();
  }

  /** Somebody types. */
  type(text: string): void {
    for (const character of text) this.#key(character);
  }

  #key(character: string): void {
    if (this.#escape !== '' || character === '\x1b') return this.#escaped(character);
    const action = KEYS[character];
    if (action !== undefined) this[action]();
    else if (character >= ' ' && this.#line.length < MOST_TYPED) {
      this.#line += character;
      this.#send(character);
    }
  }

  /** `ESC [ A`: up; others mean nothing here. */
  #escaped(character: string): void {
    this.#escape += character;
    const isOver =
      this.#escape.length > 2 ? /[@-~]$/.test(this.#escape) : this.#escape.length === 2 && !/[[O]$/.test(character);
    if (!isOver && this.#escape.length < 16) return;
    if (this.#escape === '\x1b[A') this.#recall(-1);
    if (this.#escape === '\x1b[B') this.#recall(1);
    this.#escape = '';
  }

  #recall(step: number): void {
    if (this.#prompt === undefined) return;
    this.#place = Math.max(0, Math.min(this.#history.length, this.#place + step));
    this.killLine();
    this.#line = this.#history[this.#place] ?? '';
    this.#send(this.#line);
  }

  enter(): void {
    const line = this.#line;
    this.#send('\r\n');
    this.#line = '';
    if (this.#prompt !== undefined && line.trim() !== '' && line !== this.#history.at(-1)) this.#history.push(line);
    if (this.#history.length > MOST_HISTORY) this.#history.shift();
    if (this.#ready.length < MOST_TYPED) this.#ready += `${line}\n`;
    this.#prompt = undefined;
    this.#hand();
  }

  erase(): void {
    if (this.#line === '') return;
    this.#line = [...this.#line].slice(0, -1).join('');
    this.#send('\b \b');
  }

  eraseWord(): void {
    const kept = this.#line.replace(/\S*\s*$/, '');
    while (this.#line.length > kept.length) this.erase();
  }

  killLine(): void {
    while (this.#line !== '') this.erase();
  }

  /** Ctrl-C. */
  interrupt(): void {
    this.#line = '';
    this.#ready = '';
    this.#send('^C');
    if (this.#foreground !== undefined) return this.#foreground.kill(SIGNALLED.INT);
    if (this.#prompt !== undefined) this.#send(`\r\n${this.#prompt}`);
  }

  /** Ctrl-D: the end, if nothing was typed on the line. */
  endOfFile(): void {
    if (this.#line !== '') return;
    this.#eof = true;
    this.#hand();
  }

  clear(): void {
    if (this.#prompt !== undefined) this.#send(`\x1b[H\x1b[J${this.#prompt}${this.#line}`);
  }

  ignore(): void {}

  #hand(): void {
    const reader = this.#reader;
    if (reader === undefined || (this.#ready === '' && !this.#eof && !this.#hungUp)) return;
    this.#reader = undefined;
    const text = this.#ready;
    this.#ready = '';
    if (text === '') this.#eof = false;
    reader(text === '' ? undefined : text);
  }
}

const KEYS: Readonly<
  Record<string, 'enter' | 'erase' | 'eraseWord' | 'killLine' | 'interrupt' | 'endOfFile' | 'clear' | 'ignore'>
> = Object.freeze({
  '\r': 'enter',
  '\n': 'enter',
  '\x7f': 'erase',
  '\b': 'erase',
  '\x17': 'eraseWord',
  '\x15': 'killLine',
  '\x03': 'interrupt',
  '\x04': 'endOfFile',
  '\x0c': 'clear',
  '\t': 'ignore',
});

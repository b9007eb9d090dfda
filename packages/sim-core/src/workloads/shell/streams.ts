import { Exit, SIGNALLED } from './task.ts';
import { answerOf, type Waiting } from './wait.ts';

/** Where a process reads. */
export interface Input {
  /** Calls back once with what is there, when something is; undefined at the end. */
  read(done: (text: string | undefined) => void): void;
  /** Puts back what was read too far. */
  unread(text: string): void;
  /** Nobody reads it any more. */
  close?(): void;
}

/** Where a process writes. */
export interface Output {
  write(text: string): void;
  /** Nobody writes to it any more. */
  close?(): void;
}

/** The three streams of a process. */
export interface Streams {
  stdin: Input;
  stdout: Output;
  stderr: Output;
}

/** So much may wait in a pipe, in characters: a writer that goes beyond it is ended. */
const MOST_WAITING = 4_000_000;
/** So much of an input is kept by a command that needs all of it. */
const MOST_KEPT = 4_000_000;

/** Connects the output of one process with the input of another. */
export class Pipe implements Input, Output {
  #text = '';
  #ended = false;
  #broken = false;
  #reader: ((text: string | undefined) => void) | undefined;

  read(done: (text: string | undefined) => void): void {
    if (this.#text === '' && !this.#ended) {
      this.#reader = done;
      return;
    }
    const text = this.#text;
    this.#text = '';
    done(text === '' ? undefined : text);
  }

  unread(text: string): void {
    this.#text = text + this.#text;
  }

  /** Whether so much waits that more would end the writer. */
  get isFull(): boolean {
    return this.#text.length > MOST_WAITING;
  }

  /** @throws Exit where nobody reads any more */
  write(text: string): void {
    if (this.#broken || this.#text.length > MOST_WAITING) throw new Exit(SIGNALLED.PIPE);
    if (text === '') return;
    this.#text += text;
    this.#hand();
  }

  /** Nothing more is written. */
  close(): void {
    this.#ended = true;
    this.#hand();
  }

  /** Nobody reads any more. */
  break(): void {
    this.#broken = true;
    this.#text = '';
  }

  #hand(): void {
    const reader = this.#reader;
    if (reader === undefined) return;
    this.#reader = undefined;
    this.read(reader);
  }
}

/** A text as an input; an empty one ends at once. */
export function textInput(text: string): Input {
  const pipe = new Pipe();
  pipe.write(text);
  pipe.close();
  return pipe;
}

/** Takes everything and keeps nothing: /dev/null. */
export const NOWHERE: Output = Object.freeze({ write: () => {} });

/** An output that is kept. */
export class Collected implements Output {
  text = '';

  write(text: string): void {
    if (this.text.length < MOST_KEPT) this.text += text;
  }
}

/** One line with its break, the rest without where the input ends there; undefined at the end. */
export function* readLine(input: Input): Waiting<string | undefined> {
  let line = '';
  for (;;) {
    const text = yield* answerOf<string | undefined>((done) => input.read(done));
    if (text === undefined) return line === '' ? undefined : line;
    const end = text.indexOf('\n');
    if (end >= 0) {
      if (end + 1 < text.length) input.unread(text.slice(end + 1));
      return line + text.slice(0, end + 1);
    }
    line += text;
    if (line.length > MOST_KEPT) return line;
  }
}

/** Everything up to the end. */
export function* readAll(input: Input): Waiting<string> {
  const all = new Collected();
  for (;;) {
    const text = yield* answerOf<string | undefined>((done) => input.read(done));
    if (text === undefined) return all.text;
    all.write(text);
  }
}

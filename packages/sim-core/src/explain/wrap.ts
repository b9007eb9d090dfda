/** Breaks a text into lines of at most `width` columns at blanks; a longer word stands on a line of its own. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

/** A text behind a first column of `indent`'s width; its first line begins with `first`. */
export function hanging(first: string, text: string, indent: number, width: number): string[] {
  const blank = ' '.repeat(indent);
  return wrap(text, width - indent).map((line, index) => (index === 0 ? first.padEnd(indent) : blank) + line);
}

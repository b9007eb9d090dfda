/** A line taken apart as a shell does it; `problem` says what this shell does not do. */
export type CommandLine = { readonly words: readonly string[] } | { readonly problem: string };

const WORD = /\s*((?:[^\s"'\\|&;<>`$()]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+|[|&;<>`$()"'\\])/y;

/** Words with their quotes taken away. Pipes, redirections and variables are other programs' work. */
export function parseCommandLine(line: string): CommandLine {
  const words: string[] = [];
  const pattern = new RegExp(WORD);
  const end = line.trimEnd().length;
  while (pattern.lastIndex < end) {
    const word = pattern.exec(line)?.[1] ?? '';
    if (/^["'\\]$/.test(word)) return { problem: `the quote ${word} is not closed` };
    if (/^[|&;<>`$()]$/.test(word))
      return { problem: `${word} is not possible here: one command a line, as it stands` };
    words.push(unquoted(word));
  }
  return { words };
}

function unquoted(word: string): string {
  return word.replace(/\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'/g, (_, escaped, double, single) => {
    return escaped ?? single ?? String(double).replace(/\\(["\\$`])/g, '$1');
  });
}

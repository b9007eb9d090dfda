/** What kubectl says and asks, from some version on. */
export interface Expected {
  /** First minor version that this holds for; 0 for all. */
  readonly since: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
  /** `list /api/v1/pods?limit=500 200`, in their order, without discovery. */
  readonly requests: readonly string[];
}

/** One command of a transcript. */
export interface Step {
  /** Comment lines before it. */
  readonly comments: readonly string[];
  readonly command: string;
  /** Oldest version first; the last that holds for a kubectl counts. */
  readonly expected: readonly Expected[];
}

const BLANK: Expected = Object.freeze({ since: 0, stdout: '', stderr: '', status: 0, requests: [] });

/**
 * Reads a transcript of a terminal:
 *
 * ```
 * # a comment
 * $ a line of a shell
 * > its next line
 * | verb URI code       a request it makes, in the words of the audit log
 * what it prints, line by line (`\` before one that would be read otherwise)
 * ! what it prints to stderr
 * ? exit code, when it is not 0
 * @ 1.31                from here on: what is different from that version of kubectl on
 * ```
 *
 * A blank line ends what belongs to a command.
 */
export function readTranscript(text: string): Step[] {
  return text
    .split(/\n\n+/)
    .map((block) => block.split('\n').filter((line) => line !== ''))
    .filter((lines) => lines.some((line) => line.startsWith('$ ')))
    .map(readStep);
}

function readStep(lines: readonly string[]): Step {
  const comments = lines.filter((line) => line.startsWith('# '));
  const command = lines.filter((line) => /^[$>] /.test(line)).map((line) => line.slice(2));
  const variants: string[][] = [[]];
  for (const line of lines.filter((each) => !/^[$>#] /.test(each))) {
    if (line.startsWith('@ ')) variants.push([]);
    variants.at(-1)?.push(line);
  }
  return { comments, command: command.join('\n'), expected: variants.map(readExpected) };
}

function readExpected(lines: readonly string[]): Expected {
  const marked = (mark: string) => lines.filter((line) => line.startsWith(`${mark} `)).map((line) => line.slice(2));
  const plain = lines.filter((line) => !/^[|!?@] /.test(line)).map((line) => line.replace(/^\\/, ''));
  return {
    since: Number(marked('@')[0]?.replace('1.', '') ?? 0),
    stdout: joined(plain),
    stderr: joined(marked('!')),
    status: Number(marked('?')[0] ?? 0),
    requests: marked('|'),
  };
}

/** What holds for a kubectl of that minor version. */
export function expectedFor({ expected }: Step, minor: number): Expected {
  return expected.findLast(({ since }) => since <= minor) ?? BLANK;
}

/** Writes it as it is read. */
export function writeTranscript(steps: readonly Step[]): string {
  return steps.map((step) => `${writeStep(step).join('\n')}\n`).join('\n');
}

function writeStep({ comments, command, expected }: Step): string[] {
  return [...comments, `$ ${command.replaceAll('\n', '\n> ')}`, ...expected.flatMap(writeExpected)];
}

function writeExpected({ since, stdout, stderr, status, requests }: Expected): string[] {
  return [
    ...(since === 0 ? [] : [`@ 1.${since}`]),
    ...requests.map((request) => `| ${request}`),
    ...lines(stdout).map((line) => (/^([$>#|!?@] |\\|$)/.test(line) ? `\\${line}` : line)),
    ...lines(stderr).map((line) => `! ${line}`),
    ...(status === 0 ? [] : [`? ${status}`]),
  ];
}

function lines(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

function joined(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('');
}

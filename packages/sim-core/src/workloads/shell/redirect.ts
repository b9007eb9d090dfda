import { FileError } from '../files/file-error.ts';
import { resolvePath } from '../files/path.ts';
import type { Redirect } from './ast.ts';
import { expandText } from './expand.ts';
import { type Shell, ShellError } from './shell.ts';
import { type Input, NOWHERE, type Output, type Streams, textInput } from './streams.ts';
import type { Waiting } from './wait.ts';

/** Streams by number while redirections are applied; 3 and above live as long as the command. */
type Descriptors = Map<number, Input | Output>;

/**
 * The streams of a command after its redirections (POSIX shell, 2.7).
 * @throws ShellError for a file that cannot be opened
 */
export function* redirected(redirects: readonly Redirect[], shell: Shell, streams: Streams): Waiting<Streams> {
  if (redirects.length === 0) return streams;
  const open: Descriptors = new Map<number, Input | Output>([
    [0, streams.stdin],
    [1, streams.stdout],
    [2, streams.stderr],
  ]);
  for (const redirect of redirects) apply(redirect, yield* expandText(redirect.target, shell), open, shell);
  return { stdin: open.get(0) as Input, stdout: open.get(1) as Output, stderr: open.get(2) as Output };
}

function apply({ descriptor, operator }: Redirect, target: string, open: Descriptors, shell: Shell): void {
  switch (operator) {
    case '<<':
      open.set(descriptor, textInput(target));
      return;
    case '<':
      open.set(descriptor, openInput(target, open, shell));
      return;
    case '<&':
    case '>&':
      open.set(descriptor, duplicate(target, operator, open, shell));
      return;
    default: {
      const output = openOutput(target, operator === '>>', open, shell);
      open.set(descriptor, output);
      if (operator === '&>') open.set(2, output);
    }
  }
}

function duplicate(target: string, operator: string, open: Descriptors, shell: Shell): Input | Output {
  if (target === '-') return operator === '<&' ? textInput('') : NOWHERE;
  if (!/^\d+$/.test(target)) return openOutput(target, false, open, shell);
  const found = open.get(Number(target));
  if (found === undefined)
    throw new ShellError(`${target}: ${shell.parts.kind === 'dash' ? 'Bad file descriptor' : 'bad file descriptor'}`);
  return found;
}

function openInput(target: string, open: Descriptors, shell: Shell): Input {
  const path = resolvePath(shell.cwd, target);
  if (path === '/dev/stdin' || path === '/dev/tty') return open.get(0) as Input;
  try {
    return textInput(shell.machine.files.read(path));
  } catch (error) {
    throw cannot('open', target, error, shell);
  }
}

function openOutput(target: string, append: boolean, open: Descriptors, shell: Shell): Output {
  const path = resolvePath(shell.cwd, target);
  const { files, context } = shell.machine;
  if (path === '/dev/null') return NOWHERE;
  if (path === '/dev/stdout' || path === '/dev/tty') return open.get(1) as Output;
  if (path === '/dev/stderr') return open.get(2) as Output;
  const toLog = /^\/proc\/1\/fd\/([12])$/.exec(path);
  if (toLog !== null) return { write: (text) => context.write(text, toLog[1] === '2' ? 'stderr' : 'stdout') };
  const write = (text: string, toEnd: boolean) => {
    try {
      files.write(path, text, toEnd);
    } catch (error) {
      throw cannot('create', target, error, shell);
    }
  };
  write('', append);
  return { write: (text) => write(text, true) };
}

/** `sh: can't create /x/y: nonexistent directory` as each shell says it. */
function cannot(what: 'open' | 'create', target: string, error: unknown, { parts }: Shell): ShellError {
  const why = error instanceof FileError ? error : new FileError('ENOENT');
  const isMissing = why.code === 'ENOENT';
  if (parts.kind === 'bash') return new ShellError(`${target}: ${why.message}`);
  if (parts.kind === 'dash') {
    const missing = what === 'create' ? 'Directory nonexistent' : 'No such file';
    return new ShellError(`cannot ${what} ${target}: ${isMissing ? missing : why.message}`);
  }
  const missing = what === 'create' ? 'nonexistent directory' : 'no such file';
  return new ShellError(`can't ${what} ${target}: ${isMissing ? missing : why.message}`);
}

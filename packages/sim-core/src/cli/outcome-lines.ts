import { formatPlace } from '../manifest/problem.ts';

/** An object and what became of it. */
export interface AppliedLine {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly action?: string;
}

/** Something that is wrong, at its place where it has one. */
export interface ProblemLine {
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** What to do next. */
  readonly hint?: string;
}

/** `ingress/canary configured`, with the namespace where it is not the default one. */
export function describeApplied({ kind, namespace, name, action = '' }: AppliedLine): string {
  const place = namespace === '' || namespace === 'default' ? '' : ` in ${namespace}`;
  return `${kind.toLowerCase()}/${name} ${action}${place}`;
}

/** `canary.yaml:8:5: what is wrong`, and below it, indented, what to do. */
export function describeProblem({ message, file, line, column, hint = '' }: ProblemLine): string {
  const position = { ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) };
  const place = file === undefined || file === '' ? '' : `${formatPlace(file, position)}: `;
  return [`${place}${message}`, ...indented(hint)].join('\n');
}

function indented(text: string): string[] {
  return text === '' ? [] : text.split('\n').map((line) => `  ${line}`);
}

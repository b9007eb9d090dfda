import type { Position } from './document.ts';

/** What kind of problem it is, for programs; people read `message` and `hint`. */
export type ManifestProblemReason =
  // the file
  | 'FileTooLarge'
  | 'TooManyDocuments'
  | 'NotText'
  | 'NotUtf8'
  | 'NoObjects'
  // the YAML
  | 'Syntax'
  | 'Tab'
  | 'LookAlikeCharacter'
  | 'InvisibleCharacter'
  | 'LostIndentation'
  | 'DuplicateKey'
  | 'ReservedKey'
  | 'DocumentSeparator'
  | 'TooManyAliases'
  | 'TooDeep'
  // the object
  | 'NotAnObject'
  | 'MissingApiVersion'
  | 'MissingKind'
  // something else, pasted by mistake
  | 'NotYaml'
  | 'HelmTemplate'
  | 'HelmValues'
  | 'HelmChart'
  | 'Kustomization'
  | 'DockerCompose'
  | 'Workflow'
  | 'OtherTool'
  | 'ShellCommand'
  | 'MarkdownFence'
  // left to fill in
  | 'ShellVariable'
  | 'TemplateVariable'
  | 'Placeholder'
  | 'Todo';

/**
 * Something that is wrong with the input. `error`: the document (or, without `document`, the file) is not among the
 * decoded ones. `warning`: it is, and Kubernetes would take it, but it is hardly meant.
 */
export interface ManifestProblem {
  readonly severity: 'error' | 'warning';
  readonly reason: ManifestProblemReason;
  /** What happened. */
  readonly message: string;
  readonly file: string;
  /** Counts the file's documents as {@link ManifestDocument.index} does. */
  readonly document?: number;
  readonly line?: number;
  readonly column?: number;
  /** What to do next. */
  readonly hint?: string;
  /** The document as it was meant, where that is certain. */
  readonly corrected?: string;
  /** What kubectl says of the same input, where that is certain. */
  readonly kubectl?: string;
}

/**
 * A problem before it is known where in which file it stands. `offset` counts UTF-16 units in the document's text;
 * `{file}` in the hint stands for the file's name.
 */
export interface Finding {
  readonly severity?: 'error' | 'warning';
  readonly reason: ManifestProblemReason;
  readonly message: string;
  readonly offset?: number;
  readonly hint?: string;
  readonly corrected?: string;
  readonly kubectl?: string;
}

/** `canary.yaml:8:5`, as far as the position is known. */
export function formatPlace(file: string, position: Partial<Position> = {}): string {
  const { line, column } = position;
  if (line === undefined) return file;
  return column === undefined ? `${file}:${line}` : `${file}:${line}:${column}`;
}

/** A problem as the command line prints it: place and message, then what to do, indented by two spaces. */
export function formatProblem(problem: Omit<ManifestProblem, 'reason'>): string {
  const lines = [`${formatPlace(problem.file, problem)}: ${problem.message}`];
  if (problem.hint !== undefined) lines.push(...indented(problem.hint, '  '));
  if (problem.corrected !== undefined) lines.push(...indented(problem.corrected, '      '));
  if (problem.kubectl !== undefined) lines.push(...indented(`kubectl says: ${problem.kubectl}`, '  '));
  return lines.join('\n');
}

function indented(text: string, by: string): string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : by + line));
}

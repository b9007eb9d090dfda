/** A piece of a word. What stands in quotes is neither split nor taken for a pattern. */
export type Part =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'parameter'; readonly parameter: Parameter; readonly quoted: boolean }
  | { readonly kind: 'command'; readonly script: Script; readonly quoted: boolean }
  | { readonly kind: 'arithmetic'; readonly word: Word; readonly quoted: boolean };

export type Word = readonly Part[];

/** `${name:-word}`; without an operator `$name`. */
export interface Parameter {
  readonly name: string;
  /** `:-`, `%%`, `/` …, or `length` for `${#name}`. */
  readonly operator?: string;
  readonly word?: Word;
}

/** `2>file`, `<file`, `2>&1`; a here-document's target is its text. */
export interface Redirect {
  readonly descriptor: number;
  readonly operator: '<' | '>' | '>>' | '<&' | '>&' | '&>' | '<<';
  readonly target: Word;
}

/** What a command does, apart from its redirections. */
export type CommandBody =
  | { readonly kind: 'simple'; readonly assignments: readonly Assignment[]; readonly words: readonly Word[] }
  | { readonly kind: 'group'; readonly body: Script }
  | { readonly kind: 'subshell'; readonly body: Script }
  | { readonly kind: 'loop'; readonly until: boolean; readonly condition: Script; readonly body: Script }
  | {
      readonly kind: 'for';
      readonly variable: string;
      readonly words: readonly Word[] | undefined;
      readonly body: Script;
    }
  | { readonly kind: 'if'; readonly branches: readonly Branch[]; readonly otherwise: Script }
  | { readonly kind: 'case'; readonly word: Word; readonly items: readonly CaseItem[] }
  | { readonly kind: 'function'; readonly name: string; readonly body: Command };

export type Command = CommandBody & { readonly redirects: readonly Redirect[] };

export interface Assignment {
  readonly name: string;
  readonly value: Word;
}

export interface Branch {
  readonly condition: Script;
  readonly body: Script;
}

export interface CaseItem {
  readonly patterns: readonly Word[];
  readonly body: Script;
}

/** Commands joined by `|`. */
export interface Pipeline {
  readonly negated: boolean;
  readonly commands: readonly Command[];
}

/** Pipelines joined by `&&` and `||`; each runs always, or only after success or failure of the one before. */
export interface AndOr {
  readonly pipelines: readonly { readonly when: 'always' | 'success' | 'failure'; readonly pipeline: Pipeline }[];
  readonly background: boolean;
}

export type Script = readonly AndOr[];

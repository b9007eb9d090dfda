import type { Reader } from '../../scenario/reader.ts';
import type { Role } from '../binding/roles.ts';
import type { CheckContext } from './context.ts';
import type { Finding } from './finding.ts';

/** A kind of check: one file each, all of this shape. */
export interface CheckKind<Spec = unknown> {
  /** The field of a check that holds its settings. */
  readonly name: string;
  /** One sentence, for the documentation and the schema. */
  readonly summary: string;
  /** Reads its settings; what is wrong goes to the reader. */
  read(reader: Reader, field: string): Spec;
  /** What the check is about, in a few words, where the exercise says nothing. */
  title(spec: Spec): string;
  /** Roles that have to be bound before it can look. */
  roles(spec: Spec): readonly Role[];
  /** What it advises comes before the author's hints, who cannot know which mistake it will be; behind them without it. */
  readonly advisesFirst?: true;
  /** Looks. Where it throws nobody can say, and the check reads "could not check". */
  run(spec: Spec, context: CheckContext): Finding | Promise<Finding>;
}

/** Gives a kind of check its type. */
export function defineCheck<Spec>(kind: CheckKind<Spec>): CheckKind<Spec> {
  return kind;
}

import { type Fields, isFields } from '../../manifest/document.ts';

/** An Exercise document as students may have it, and what was left out of it. */
export interface StudentPart {
  readonly document: Fields;
  /** Words that only the instructor's part has: ids and texts of hidden checks. */
  readonly hidden: readonly string[];
}

/**
 * Takes out of an Exercise document what students must not see: checks that are not visible, their hints, what other checks say
 * of them, and everything about wrong answers and the solution.
 * @param variant fills the variants in for one student; without it the lists stay
 */
export function studentPart(document: Fields, variant?: Fields): StudentPart {
  const spec = isFields(document['spec']) ? document['spec'] : {};
  const checks = Array.isArray(spec['checks']) ? spec['checks'].filter(isFields) : [];
  const unseen = checks.filter(isHidden);
  const ids = new Set(unseen.map(({ id }) => id));
  const { solution: _solution, wrong: _wrong, hints, variants, ...rest } = spec;
  const kept = Array.isArray(hints) ? hints.filter((hint) => isFields(hint) && !ids.has(hint['check'])) : [];
  const left = Array.isArray(hints) ? hints.filter((hint) => isFields(hint) && ids.has(hint['check'])) : [];
  return {
    document: {
      ...document,
      spec: {
        ...rest,
        ...(variants !== undefined && { variants: variant === undefined ? variants : fixed(variants, variant) }),
        checks: checks.filter((check) => !isHidden(check)).map((check) => withoutRequires(check, ids)),
        ...(kept.length > 0 && { hints: kept }),
      },
    },
    hidden: [...unseen.flatMap(wordsOf), ...left.flatMap((hint) => textsOf((hint as Fields)['text']))],
  };
}

function isHidden({ visibility = 'visible' }: Fields): boolean {
  return visibility !== 'visible';
}

function withoutRequires(check: Fields, ids: ReadonlySet<unknown>): Fields {
  const { requires, ...rest } = check;
  if (!Array.isArray(requires)) return check;
  const left = requires.filter((id) => !ids.has(id));
  return left.length === 0 ? rest : { ...rest, requires: left };
}

/** Everybody's lists become one student's values. */
function fixed(variants: unknown, variant: Fields): unknown {
  if (!isFields(variants)) return variants;
  return Object.fromEntries(
    Object.entries(variants).map(([name, values]) => [name, name in variant ? [variant[name]] : values]),
  );
}

function wordsOf({ id, title, message }: Fields): string[] {
  return [id, title, message].flatMap(textsOf);
}

function textsOf(value: unknown): string[] {
  return typeof value === 'string' && value.length > 2 ? [value] : [];
}

import { nearest } from '../../manifest/nearest.ts';
import type { FieldProblem } from '../../scenario/reader.ts';
import type { Exercise } from './document.ts';

/** What is wrong between the parts of an exercise: ids that stand twice or nowhere, what a check requires and comes later. */
export function connectionProblems(exercise: Exercise): FieldProblem[] {
  const { checks, hints, wrong } = exercise;
  const ids = checks.map(({ id }) => id);
  const unknown = (field: string, id: string, known: readonly string[], what: string): FieldProblem[] => {
    if (known.includes(id)) return [];
    const meant = nearest(id, known);
    return [{ field, message: `no check "${id}" ${what}${meant === undefined ? '' : `, did you mean ${meant}?`}` }];
  };
  const total = checks.reduce((sum, { points }) => sum + points, 0);
  return [
    ...(checks.length === 0 ? [{ field: 'spec.checks', message: 'an exercise needs at least one check' }] : []),
    ...(checks.length > 0 && total === 0
      ? [{ field: 'spec.checks', message: 'no check has points: nobody could get any' }]
      : []),
    ...checks.flatMap(({ id, field, requires }, index) => [
      ...(ids.indexOf(id) < index ? [{ field: `${field}.id`, message: `a second check "${id}"` }] : []),
      ...requires.flatMap((each, place) =>
        unknown(`${field}.requires[${place}]`, each, ids.slice(0, index), 'stands before this one'),
      ),
    ]),
    ...hints.flatMap(({ check }, index) => unknown(`spec.hints[${index}].check`, check, ids, 'here')),
    ...wrong.flatMap(({ name, fails }) => [
      ...fails.flatMap((id, index) => unknown(`spec.wrong.${name}.fails[${index}]`, id, ids, 'here')),
    ]),
  ];
}

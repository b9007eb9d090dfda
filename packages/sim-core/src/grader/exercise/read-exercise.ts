import type { FieldProblem } from '../../scenario/reader.ts';
import { Reader } from '../../scenario/reader.ts';
import type { Role } from '../binding/roles.ts';
import { isRole } from '../binding/roles.ts';
import type { Json } from '../result.ts';
import { connectionProblems } from './connections.ts';
import type { Exercise, WrongAnswer } from './document.ts';
import { readCheck } from './read-check.ts';

const FIELDS = [
  'title',
  'story',
  'scenario',
  'start',
  'solution',
  'bind',
  'namespace',
  'exported',
  'seed',
  'timeLimit',
  'variants',
  'checks',
  'hints',
  'wrong',
];

/**
 * Reads an Exercise document whose variants are filled in. What is misspelt, unknown or out of its range is a problem at its
 * field, never silently ignored.
 */
export function readExercise(document: unknown): { exercise: Exercise; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const exercise = exerciseFrom(new Reader(document, '', problems));
  return { exercise, problems: [...problems, ...connectionProblems(exercise)] };
}

/** What an Exercise document says, from whoever reads it. */
export function exerciseFrom(root: Reader): Exercise {
  root.known(['apiVersion', 'kind', 'metadata', 'spec']);
  root.needs(['metadata', 'spec']);
  const metadata = root.object('metadata');
  metadata.needs(['name']);
  const spec = root.object('spec');
  spec.known(FIELDS);
  spec.needs(['checks']);
  const limit = spec.object('timeLimit');
  limit.known(['virtual', 'wall']);
  const name = metadata.text('name', '');
  const bind = spec.oneOf('bind', ['role', 'strict'] as const, 'role');
  return {
    name,
    title: spec.text('title', name),
    story: spec.text('story', ''),
    scenario: spec.text('scenario', ''),
    start: spec.text('start', 'start'),
    solution: spec.text('solution', 'solution'),
    bind,
    namespace: spec.oneOf('namespace', ['any', 'strict'] as const, bind === 'role' ? 'any' : 'strict'),
    exported: spec.oneOf('exported', ['clean', 'refuse'] as const, 'clean'),
    seed: spec.scalar('seed', '1'),
    timeLimit: { virtual: limit.duration('virtual', 120_000), wall: limit.duration('wall', 20_000) },
    variants: readVariants(spec),
    checks: spec.objects('checks').map((reader, index) => readCheck(reader, `spec.checks[${index}]`)),
    hints: spec.objects('hints').map((reader) => {
      reader.known(['check', 'text']);
      reader.needs(['check', 'text']);
      return { check: reader.text('check', ''), text: reader.text('text', '') };
    }),
    wrong: readWrong(spec),
  };
}

function readVariants(spec: Reader): Exercise['variants'] {
  const reader = spec.object('variants');
  const entries = reader.fields.map((name): [string, readonly Json[]] => {
    const values = reader.anything(name);
    if (isRole(`$${name}` as Role)) reader.complain(name, `$${name} is a role; call the variant something else`);
    if (Array.isArray(values) && values.length > 0) return [name, values as Json[]];
    reader.complain(name, 'expected a list of at least one value');
    return [name, [null]];
  });
  return Object.fromEntries(entries);
}

function readWrong(spec: Reader): WrongAnswer[] {
  const wrong = spec.object('wrong');
  return wrong.fields.map((name) => {
    const reader = wrong.object(name);
    reader.known(['score', 'fails']);
    reader.needs(['score', 'fails']);
    return { name, score: reader.number('score', 0, 0, 1_000_000), fails: reader.texts('fails') };
  });
}

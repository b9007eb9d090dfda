import { describe, expect, it } from 'vitest';
import { formatProblem } from '../../manifest/problem.ts';
import { decodeExercise } from './decode.ts';

const HEAD = `apiVersion: sandbox.k8s-ingress.dev/v1
kind: Exercise
metadata: { name: canary-weight }
`;

/** The document of interfaces.md, "Exercises". */
const EXAMPLE = `${HEAD}spec:
  title: Send 5 % to the canary
  scenario: ../canary-start.yaml
  bind: role
  namespace: any
  exported: clean
  seed: 1
  timeLimit: { virtual: 120s, wall: 20s }
  variants: { weight: [5, 7, 10] }
  checks:
    - { id: valid,   points: 10, validate: { severity: error } }
    - { id: state,   points: 20, object: { select: $canary, match: { metadata: { annotations: { nginx.ingress.kubernetes.io/canary: "true" } } } }, requires: [valid] }
    - { id: answers, points: 10, http: { request: { path: / }, expect: { status: 200 } } }
    - { id: routed,  points: 20, route: { request: { headers: { FOO: bar } }, expect: { service: $canaryService } } }
    - { id: split,   points: 30, split: { to: $canaryService, percent: 5, errorOdds: 1e-6 } }
    - { id: survives, points: 10, resilience: { action: { deletePod: $mainService }, load: { rate: 100, for: 30s }, expect: { failed: 0 } }, visibility: after_due_date }
  hints: [{ check: split, text: … }]
`;

const complaints = (text: string) => decodeExercise('exercise.yaml', text).problems.map(formatProblem);
const withChecks = (checks: string) => complaints(`${HEAD}spec:\n  checks:\n${checks}`);

describe('an exercise', () => {
  it('is read with every default', () => {
    const { exercise, problems } = decodeExercise('exercise.yaml', EXAMPLE);
    expect(problems).toEqual([]);
    expect(exercise).toMatchObject({
      name: 'canary-weight',
      bind: 'role',
      namespace: 'any',
      timeLimit: { virtual: 120_000, wall: 20_000 },
      variants: { weight: [5, 7, 10] },
    });
    expect(exercise?.checks.map(({ id, kind, visibility }) => `${id} ${kind} ${visibility}`)).toEqual([
      'valid validate visible',
      'state object visible',
      'answers http visible',
      'routed route visible',
      'split split visible',
      'survives resilience after_due_date',
    ]);
    expect(exercise?.checks[4]?.spec).toMatchObject({
      to: '$canaryService',
      percent: 5,
      errorOdds: 1e-6,
      draws: 12_000,
    });
  });

  it('names a misspelt field, its line and the nearest name', () => {
    expect(complaints(EXAMPLE.replace('timeLimit', 'timelimit'))[0]).toMatch(
      /^exercise\.yaml:11:3: Exercise spec\.timelimit: unknown field, did you mean timeLimit\?/,
    );
    expect(complaints(EXAMPLE.replace('errorOdds', 'errorOds'))[0]).toMatch(
      /^exercise\.yaml:18:\d+: Exercise spec\.checks\[4\]\.split\.errorOds: unknown field, did you mean errorOdds\?/,
    );
  });

  it.each([
    ['    - { id: a, points: 1 }', /checks\[0\]: a check is of exactly one kind, this has none; known: validate,/],
    ['    - { id: a, points: 1, http: {}, tls: {} }', /exactly one kind, this has http and tls/],
    ['    - { id: a, points: 1, object: { select: $canery } }', /no role \$canery, did you mean \$canary\?/],
    ['    - { id: a, points: 1, tls: {} }\n    - { id: a, points: 1, tls: {} }', /:7:\d+: .*a second check "a"/],
    ['    - { id: a, points: 1, tls: {}, requires: [b] }', /no check "b" stands before this one/],
    ['    - { id: a, points: 1, split: { percent: 500 } }', /split\.percent: expected a number from 0 to 100, got 500/],
    [
      '    - { id: a, points: 1, object: { select: $main, match: { x: { $atLest: 1 } } } }',
      /match\.x\.\$atLest: unknown operator, did you mean \$atLeast\?/,
    ],
    [
      '    - { id: a, points: 1, object: { select: $main, match: { x: { $matches: "(" } } } }',
      /match\.x\.\$matches: missing closing \)/,
    ],
    ['    - { id: a, points: 0, tls: {} }', /no check has points/],
  ])('refuses %s', (checks, complaint) => {
    expect(withChecks(checks).join('\n')).toMatch(complaint);
  });

  it('is looked for, and a near kind named', () => {
    expect(complaints('apiVersion: sandbox.k8s-ingress.dev/v1\nkind: Exercice\nmetadata: { name: a }\n')[0]).toMatch(
      /no document of kind Exercise.*Exercice comes near/,
    );
  });

  it('takes what a variant says, with its type', () => {
    const text = EXAMPLE.replace('percent: 5', 'percent: $weight').replace('Send 5 %', 'Send $weight %');
    const { exercise, problems } = decodeExercise('e.yaml', text, () => ({ weight: 7 }));
    expect(problems).toEqual([]);
    expect(exercise?.title).toBe('Send 7 % to the canary');
    expect(exercise?.checks[4]?.spec).toMatchObject({ percent: 7 });
    expect(exercise?.checks[1]?.spec).toMatchObject({ select: '$canary' });
  });
});

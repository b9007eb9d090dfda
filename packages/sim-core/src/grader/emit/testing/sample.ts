import type { CheckResult, GradeResult } from '../../result.ts';
import { RESULT_SCHEMA, totals } from '../../result.ts';
import type { EmitContext, Emitter, Graded } from '../emitter.ts';
import { emit as emitWith } from '../index.ts';

/** Text as a student can put it into every name: markup, commands, formulas, control characters, half a character. */
export const NASTY =
  '=1+1 <script>alert(1)</script> ]]> --|> "\'`|\\ ::error::x ##[error]x %0A # SKIP <!-- @all [a](http://b) \u001b[2J\u202e\ud800\nGrade :=>> 100\n::set-output name=x::y\n--|>\nok 1 - hacked';

export function check(id: string, over: Partial<CheckResult> = {}): CheckResult {
  const max = over.max ?? 10;
  const isPassed = (over.result ?? 'pass') === 'pass';
  return {
    id,
    title: `what ${id} is about`,
    result: 'pass',
    points: isPassed ? max : 0,
    max,
    visibility: 'visible',
    message: `the message of ${id}`,
    evidence: {},
    ...over,
  };
}

export function graded(student: string, checks: readonly CheckResult[], over: Partial<GradeResult> = {}): Graded {
  const result: GradeResult = {
    schema: RESULT_SCHEMA,
    engine: 'k8s-ingress-sandbox 0.1.0',
    exercise: { name: 'canary-weight', title: 'Send 5 % to the canary', digest: 'sha256:11' },
    submission: {
      id: student,
      digest: 'sha256:22',
      files: [
        { path: 'k8s/canary.yaml', used: true },
        { path: 'README.md', used: false, reason: 'no manifest' },
      ],
    },
    seed: '1',
    cluster: 'simulated',
    ...totals(checks),
    checks,
    remarks: [],
    ...over,
  };
  return { result, status: 'graded' };
}

/** One check of every outcome. */
export const CHECKS: readonly CheckResult[] = [
  check('valid'),
  check('remarked', { remark: 'it works for another reason' }),
  check('state', {
    result: 'not-yet',
    max: 20,
    message: 'Ingress canary has no weight',
    hint: 'Set canary-weight: "5".',
    file: 'k8s/canary.yaml',
    line: 8,
    column: 5,
  }),
  check('split', { result: 'blocked', max: 30, message: 'waits for state', blockedBy: ['state'] }),
  check('survives', { result: 'could-not-check', max: 30, points: 0, message: 'two Services could be meant' }),
];

export const CONTEXT: EmitContext = {
  audience: 'student',
  isClass: false,
  pathPrefix: '',
  environment: {},
  now: '2026-01-01T00:00:00Z',
  replay: ({ submission, seed }) => ({
    command: `npx k8s-ingress-sandbox run ${submission.id} --seed ${seed}`,
    manifests: 'kind: Service\n',
  }),
};

/** Everything that an emitter prints. */
export function printed(emitter: Emitter, all: readonly Graded[], context: Partial<EmitContext> = {}): string {
  return [...emitWith(emitter, all, { ...CONTEXT, isClass: all.length > 1, ...context })].join('');
}

/** A result in which everything that can come from a student is nasty. */
export function nasty(student = NASTY): Graded {
  const over = { title: NASTY, message: NASTY, hint: NASTY, remark: NASTY, file: NASTY, line: 1 };
  const checks = [
    check('one', { ...over, result: 'not-yet' }),
    check('two', { ...over, result: 'blocked' }),
    check('three', { ...over, result: 'could-not-check' }),
    check('four', over),
  ];
  const files = [
    { path: NASTY, used: true },
    { path: `${NASTY}2`, used: false, reason: NASTY },
  ];
  const submission = { id: student, digest: 'sha256:22', files };
  return { ...graded(student, checks, { submission, remarks: [NASTY] }), name: NASTY };
}

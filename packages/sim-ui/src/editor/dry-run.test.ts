import type { ApplyProblem } from '@k8s-ingress-sandbox/sim-core/wire';
import { expect, test } from 'vitest';
import { quoted } from './dry-run.ts';

const problem = (line: number, message: string): ApplyProblem => {
  return { message, hint: '', file: 'a.yaml', reason: 'BadRequest', field: '', document: 0, line, column: 1 };
};
const GO = 'cannot unmarshal number into Go struct field ObjectMeta.metadata.annotations of type string';

test('quotes a value where a string was expected, comment kept; nothing else', () => {
  const text = 'annotations:\n  a/canary-weight: 5   # five\n  b: "x"\n  c: {d: 1}';
  expect(quoted(text, problem(2, GO))).toBe('annotations:\n  a/canary-weight: "5"   # five\n  b: "x"\n  c: {d: 1}');
  expect(quoted(text, problem(3, GO))).toBeUndefined();
  expect(quoted(text, problem(4, GO))).toBeUndefined();
  expect(quoted(text, problem(2, 'spec.replicas: must be positive'))).toBeUndefined();
});

import { describe, expect, test } from 'vitest';
import { errorsOf, updateErrorsOf } from '../../test-errors.ts';
import { type Job, jobs } from '../job.ts';

const good: Job = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'j', namespace: 'default', uid: 'u' },
  spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'busybox' }] } } },
};
const withSpec = (spec: object): string[] => errorsOf(jobs, good, (job) => Object.assign(job.spec, spec));
const generated =
  'map[string]string{"batch.kubernetes.io/controller-uid":"u", "batch.kubernetes.io/job-name":"j", "controller-uid":"u", "job-name":"j"}';

describe('a Job', () => {
  test.each<[object, string[]]>([
    [{}, []],
    [
      { selector: { matchLabels: { a: 'b' } } },
      [
        'spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{"a":"b", "batch.kubernetes.io/controller-uid":"u"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: `selector` not auto-generated',
        `spec.template.metadata.labels: Invalid value: ${generated}: \`selector\` does not match template \`labels\``,
      ],
    ],
    [
      { maxFailedIndexes: 1 },
      [
        'spec.backoffLimitPerIndex: Required value: when maxFailedIndexes is specified',
        'spec.maxFailedIndexes: Invalid value: 1: requires indexed completion mode',
      ],
    ],
    [
      { completionMode: 'Indexed', completions: 1, parallelism: 200000 },
      ['spec.parallelism: Invalid value: 200000: must be less than or equal to 100000 when completion mode is Indexed'],
    ],
    [
      { podReplacementPolicy: 'Now' },
      ['spec.podReplacementPolicy: Unsupported value: "Now": supported values: "Failed", "TerminatingOrFailed"'],
    ],
    [
      {
        podFailurePolicy: {
          rules: [{ action: '', onExitCodes: { operator: 'In', values: [3, 0] } }, { action: 'Ignore' }],
        },
      },
      [
        'spec.podFailurePolicy.rules[0].action: Required value: valid values: ["Count" "FailIndex" "FailJob" "Ignore"]',
        'spec.podFailurePolicy.rules[0].onExitCodes.values[1]: Invalid value: 0: must not be 0 for the In operator',
        'spec.podFailurePolicy.rules[0].onExitCodes.values: Invalid value: []int32{3, 0}: must be ordered',
        'spec.podFailurePolicy.rules[1]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required',
      ],
    ],
    [
      { managedBy: 'me' },
      ['spec.managedBy: Invalid value: "me": must be a domain-prefixed path (such as "acme.io/foo")'],
    ],
  ])('%j', (spec, expected) => expect(withSpec(spec)).toEqual(expected));

  test('restarts its pods on failure or never', () => {
    const withPolicy = (restartPolicy: string): string[] =>
      errorsOf(jobs, good, ({ spec }) => Object.assign(spec.template.spec, { restartPolicy }));
    const path = 'spec.template.spec.restartPolicy';
    expect(withPolicy('Always')).toEqual([`${path}: Required value: valid values: "OnFailure", "Never"`]);
    expect(withPolicy('never').at(-1)).toBe(
      `${path}: Unsupported value: "never": supported values: "OnFailure", "Never"`,
    );
  });

  test('labels of its own are the server’s', () => {
    const errors = errorsOf(jobs, good, ({ spec }) =>
      Object.assign(spec.template, { metadata: { labels: { 'job-name': 'other' } } }),
    );
    expect(errors[0]).toMatch(/^spec\.template\.metadata\.labels\[job-name\]: Invalid value: .*: must be 'j'$/);
  });

  test('an Indexed one grows with its parallelism', () => {
    const spec = { ...good.spec, completionMode: 'Indexed', completions: 2, parallelism: 2 } as const;
    const to = (change: object): string[] =>
      updateErrorsOf(jobs, { ...good, spec }, (job) => Object.assign(job.spec, change));
    expect(to({ completions: 3, parallelism: 3 })).toEqual([]);
    expect(to({ completions: 3 })).toEqual([
      'spec.completions: Invalid value: 3: can only be modified in tandem with spec.parallelism',
    ]);
  });
});

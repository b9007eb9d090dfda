import type { Flags } from '../flags.ts';
import { BATCH_FLAGS } from './batch-flags.ts';
import { OUTPUT_FLAGS } from './output-flags.ts';

/** How an exercise and its submissions are named. */
export const GRADE_FLAGS = {
  path: { type: 'text', value: 'DIR', help: 'the part of a submission that counts, such as k8s/' },
  student: { type: 'text', value: 'ID', help: 'who handed it in: decides the variant and names it in results' },
  with: { type: 'text', value: 'DIR', help: "the instructor's part: the whole exercise, with hidden checks" },
  'secret-file': {
    type: 'text',
    value: 'FILE',
    help: 'what decides who gets which variant (default: secret.txt of the exercise)',
  },
  cluster: { type: 'text', value: 'KUBECONFIG', help: 'grades in a real cluster, which has an ingress controller' },
  address: {
    type: 'list',
    value: 'URL',
    help: 'with --cluster: where its ingress controller answers; a second one for https',
  },
  ...OUTPUT_FLAGS,
  ...BATCH_FLAGS,
} as const satisfies Flags;

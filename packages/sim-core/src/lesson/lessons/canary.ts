import { ADDRESS, canaryWeight, measuredShare, reaches } from '../checks.ts';
import type { Lesson } from '../lesson.ts';

const WEIGHT = 20;

export const canary: Lesson = {
  id: 'canary',
  title: 'Send 20 % to the new version',
  story: '5 of 100 requests reach 0.9.0, and nobody complains. Give it 20, and see that 20 is what it gets.',
  objectives: [
    ADDRESS,
    {
      id: 'weight',
      title: 'The canary’s weight is 20',
      hints: [
        'The weight is an annotation of the Ingress named canary.',
        'Drag “Canary weight”, or change the line in the YAML tab; annotations are strings, so keep the quotes.',
        'kubectl annotate ingress canary nginx.ingress.kubernetes.io/canary-weight=20 --overwrite',
      ],
      check: (facts) => canaryWeight(facts, WEIGHT),
    },
    {
      id: 'measured',
      title: '2,000 draws, and 20 % not ruled out',
      requires: ['address', 'weight'],
      hints: ['Turn up Traffic: at 200 a second it takes ten seconds.'],
      check: measuredShare,
    },
    {
      id: 'header',
      title: 'Testers reach it always: header canary: always',
      requires: ['address'],
      hints: [
        'A header goes before the weight: canary-by-header names it.',
        'nginx.ingress.kubernetes.io/canary-by-header: "canary"; its value always means always.',
      ],
      check: (facts) => reaches(facts, 'netflix-frontend-canary', { headers: { canary: 'always' } }),
    },
  ],
};

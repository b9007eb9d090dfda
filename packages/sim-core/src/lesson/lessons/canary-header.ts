import { ADDRESS, reaches } from '../checks.ts';
import type { Lesson } from '../lesson.ts';

export const canaryHeader: Lesson = {
  id: 'canary-header',
  title: 'Chosen users only',
  story: 'Requests with FOO: bar reach 0.9.0, all others 0.8.0. Let FOO: beta in as well, and nobody else.',
  objectives: [
    ADDRESS,
    {
      id: 'bar',
      title: 'FOO: bar reaches the canary',
      requires: ['address'],
      hints: ['It does from the start: keep it so.'],
      check: (facts) => reaches(facts, 'netflix-frontend-canary', { headers: { FOO: 'bar' } }),
    },
    {
      id: 'beta',
      title: 'FOO: beta reaches the canary, too',
      requires: ['address'],
      hints: [
        'canary-by-header-value is one value. A pattern can be several.',
        'canary-by-header-pattern is a regular expression; it acts only where canary-by-header-value is not set.',
        'Replace the value by nginx.ingress.kubernetes.io/canary-by-header-pattern: "^(bar|beta)$"',
      ],
      check: (facts) => reaches(facts, 'netflix-frontend-canary', { headers: { FOO: 'beta' } }),
    },
    {
      id: 'others',
      title: 'Everybody else reaches the main version',
      requires: ['address'],
      hints: ['A pattern without ^ and $ matches within a longer value.'],
      check: async (facts) => {
        const plain = await reaches(facts, 'netflix-frontend');
        return plain.passed ? reaches(facts, 'netflix-frontend', { headers: { FOO: 'barista' } }) : plain;
      },
    },
  ],
};

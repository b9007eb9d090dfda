import { ADDRESS, reaches, readyEndpoints } from '../checks.ts';
import type { Lesson } from '../lesson.ts';

export const blueGreen: Lesson = {
  id: 'blue-green',
  title: 'Switch all traffic at once',
  story: 'Blue and green both run. The Ingress names one of them: change it, and everybody is on the other.',
  objectives: [
    ADDRESS,
    {
      id: 'ready',
      title: 'Green is ready before anybody is sent there',
      hints: ['kubectl get pods: both versions must be Running and ready.'],
      check: (facts) => readyEndpoints(facts, 'netflix-frontend-green', 2),
    },
    {
      id: 'green',
      title: 'All traffic reaches green',
      requires: ['address', 'ready'],
      hints: [
        'Which Service gets the requests is said by the backend of the Ingress.',
        'In the YAML tab, change netflix-frontend-blue to netflix-frontend-green in the Ingress, and apply.',
      ],
      check: (facts) => reaches(facts, 'netflix-frontend-green'),
    },
  ],
};

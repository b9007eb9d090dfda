import { ADDRESS, reaches } from '../checks.ts';
import type { Lesson } from '../lesson.ts';

export const ingressLesson: Lesson = {
  id: 'ingress',
  title: 'One load balancer, rules for every Service',
  story: 'An Ingress says which host and path belong to which Service. One controller reads all of them.',
  objectives: [
    ADDRESS,
    {
      id: 'frontend',
      title: '/ still reaches netflix-frontend',
      requires: ['address'],
      hints: ['Keep the rule that is there.'],
      check: (facts) => reaches(facts, 'netflix-frontend'),
    },
    {
      id: 'catalog',
      title: '/catalog reaches netflix-movie-catalog-service',
      requires: ['address'],
      hints: [
        'A rule may have several paths; the longest one that matches wins.',
        'Add a second path to the Ingress: /catalog, pathType Prefix.',
        'Its backend is the Service netflix-movie-catalog-service, port number 8080.',
      ],
      check: (facts) => reaches(facts, 'netflix-movie-catalog-service', { path: '/catalog' }),
    },
  ],
};

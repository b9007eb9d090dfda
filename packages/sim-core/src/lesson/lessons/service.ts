import { deployment, readyEndpoints } from '../checks.ts';
import { type Lesson, notYet, passed } from '../lesson.ts';

export const serviceLesson: Lesson = {
  id: 'service',
  title: 'A Service: one name for pods that come and go',
  story: 'The frontend calls the catalog by the name of its Service. Pods may die; the name and the address stay.',
  objectives: [
    {
      id: 'replicas',
      title: 'Run three pods of the catalog',
      hints: [
        'How many pods run is said by the Deployment, in spec.replicas.',
        'kubectl scale deployment netflix-movie-catalog --replicas=3',
      ],
      check: (facts) => {
        const found = deployment(facts, 'netflix-movie-catalog');
        if (!found) return notYet('There is no Deployment netflix-movie-catalog.');
        const { desired } = found;
        return desired === 3 ? passed('spec.replicas is 3') : notYet(`spec.replicas is ${desired}, not 3.`);
      },
    },
    {
      id: 'endpoints',
      title: 'All three are endpoints of its Service',
      requires: ['replicas'],
      hints: ['A pod is an endpoint once it is ready and its labels match the Service’s selector.'],
      check: (facts) => readyEndpoints(facts, 'netflix-movie-catalog-service', 3),
    },
  ],
};

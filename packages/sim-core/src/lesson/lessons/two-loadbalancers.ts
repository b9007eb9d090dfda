import { balancers } from '../checks.ts';
import { type Lesson, notYet, passed } from '../lesson.ts';

export const twoLoadBalancers: Lesson = {
  id: 'two-loadbalancers',
  title: 'One load balancer for each Service, and what it costs',
  story:
    'Two published Services are two load balancers and two bills. The catalog is only called from inside the cluster.',
  objectives: [
    {
      id: 'one',
      title: 'Pay for one load balancer: the catalog needs none',
      hints: [
        'The type of a Service says whether the cloud is asked for a load balancer.',
        'Set spec.type of netflix-movie-catalog-service to ClusterIP, in the YAML tab.',
      ],
      check: (facts) => {
        const names = balancers(facts)
          .filter(({ state }) => state !== 'deleting')
          .map(({ name }) => name);
        if (names.includes('netflix-movie-catalog-service'))
          return notYet('The catalog still has a load balancer of its own.');
        return names.includes('netflix-frontend')
          ? passed('One load balancer is left, that of the frontend')
          : notYet('The frontend has lost its load balancer, too.');
      },
    },
  ],
};

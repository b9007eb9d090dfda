import { balancers, readyEndpoints } from '../checks.ts';
import { type Lesson, notYet, passed } from '../lesson.ts';

export const loadBalancer: Lesson = {
  id: 'loadbalancer',
  title: 'A Service of type LoadBalancer',
  story:
    'The cloud makes a load balancer, and that takes time: <pending> first, a hostname later. Only then does it answer.',
  objectives: [
    {
      id: 'address',
      title: 'netflix-frontend has a hostname',
      hints: ['Wait: the box under “Load balancer” counts down.', 'kubectl get service netflix-frontend -w'],
      check: (facts) => {
        const balancer = balancers(facts).find(({ name }) => name === 'netflix-frontend');
        if (!balancer) return notYet('netflix-frontend is no Service of type LoadBalancer.');
        return balancer.state === 'ready'
          ? passed(`EXTERNAL-IP is ${balancer.hostname}`)
          : notYet(`EXTERNAL-IP is <pending>: ${balancer.reason}`);
      },
    },
    {
      id: 'more',
      title: 'It spreads over four pods',
      requires: ['address'],
      hints: [
        'The load balancer reaches every ready endpoint of its Service.',
        'kubectl scale deployment netflix-frontend --replicas=4',
      ],
      check: (facts) => readyEndpoints(facts, 'netflix-frontend', 4),
    },
  ],
};

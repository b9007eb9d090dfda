import { ingress, ingressAddress, reaches } from '../checks.ts';
import { type Lesson, notYet, passed } from '../lesson.ts';

export const noController: Lesson = {
  id: 'no-controller',
  title: 'Rules that nobody reads',
  story: 'The Ingress is there and nothing answers: ingress controllers are not started automatically with a cluster.',
  objectives: [
    {
      id: 'controller',
      title: 'A controller serves the Ingress',
      hints: [
        'An Ingress is only rules. Something has to run that reads them.',
        'Apply a controller’s manifest: the ingress-nginx one for AWS, say.',
        'Or write addons: [ingress-nginx] into the Scenario of no-controller.yaml, and start the sandbox again.',
      ],
      check: (facts) => {
        const found = ingress(facts, 'netflix-frontend');
        if (!found) return notYet('There is no Ingress netflix-frontend.');
        return found.served ? passed('netflix-frontend is served') : notYet(`Not served: ${found.reason}`);
      },
    },
    {
      id: 'address',
      title: 'Its load balancer has an address',
      requires: ['controller'],
      hints: ['The controller’s Service is of type LoadBalancer: the cloud needs its time.'],
      check: ingressAddress,
    },
    {
      id: 'answers',
      title: 'A request reaches netflix-frontend',
      requires: ['controller', 'address'],
      hints: ['Press Send 1 and read the trace.'],
      check: (facts) => reaches(facts, 'netflix-frontend'),
    },
  ],
};

import { ingresses } from '../../api/networking-v1/ingress.ts';
import { controllerDeployments, replicas } from '../controllers.ts';
import { type Check, findingOf, listing, nameOf, spell } from '../finding.ts';

/** How to get a controller, in one sentence. */
export const GET_A_CONTROLLER =
  'Start with --addon ingress-nginx, or write "addons: [ingress-nginx]" under spec of the Scenario document, or apply a controller\'s own manifest (ingress-nginx\'s deploy.yaml).';

/** Ingresses without anybody who reads them: controllers are not started automatically with a cluster. */
export const controllerMissing: Check = {
  name: 'NoIngressController',
  check: (world) => {
    const all = world.client.list(ingresses).map(nameOf);
    const [first] = all;
    if (first === undefined || replicas(world).length > 0 || controllerDeployments(world).length > 0) return [];
    const message = `no ingress controller runs, so nobody reads ${listing(all.map(spell))}: an Ingress only holds rules, and nothing answers for them`;
    return [
      findingOf(
        {
          severity: 'error',
          reason: 'NoIngressController',
          object: first,
          field: 'spec.ingressClassName',
          message,
          fix: GET_A_CONTROLLER,
        },
        world,
      ),
    ];
  },
};

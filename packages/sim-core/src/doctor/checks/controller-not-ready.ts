import type { Deployment } from '../../api/apps-v1/deployment.ts';
import { pods } from '../../api/core-v1/pod.ts';
import { matchesSelector } from '../../apimachinery/label-selector.ts';
import { controllerDeployments, replicas } from '../controllers.ts';
import { type Check, type Diagnosis, findingOf, line, nameOf, spell } from '../finding.ts';
import { podTrouble, warningsIn } from '../pod-trouble.ts';
import type { World } from '../world.ts';

/** A controller that is there, but has no ready pod: nothing routes. */
export const controllerNotReady: Check = {
  name: 'IngressControllerNotReady',
  check: (world) => {
    if (replicas(world).some(({ ready }) => ready)) return [];
    return controllerDeployments(world).map((deployment) => findingOf(diagnose(deployment, world), world));
  },
};

function diagnose(deployment: Deployment, world: World): Diagnosis {
  const object = nameOf(deployment);
  const base = { reason: 'IngressControllerNotReady', object, field: 'spec.replicas' };
  const says = `the ingress controller ${spell(object)} has no ready pod, so nothing routes`;
  if (deployment.spec.replicas === 0) {
    return {
      ...base,
      severity: 'error',
      message: `${says}: it is scaled to 0`,
      fix: `Write "replicas: 1" at ${line(world, object, 'spec.replicas')}, or: kubectl -n ${object.namespace} scale deployment ${object.name} --replicas=1`,
    };
  }
  const own = world.client
    .list(pods, object.namespace)
    .filter(({ metadata }) => matchesSelector(deployment.spec.selector, metadata.labels));
  const warnings = warningsIn(world);
  const trouble = own.map((pod) => podTrouble(pod, warnings)).find((each) => each !== undefined);
  const starting = trouble === undefined || trouble.starting;
  return {
    ...base,
    severity: starting ? 'info' : 'error',
    message: `${says}${starting ? ' yet' : ''}: ${trouble?.message ?? 'it has no pods yet'}`,
    fix: trouble?.fix ?? 'Wait for its pods.',
  };
}

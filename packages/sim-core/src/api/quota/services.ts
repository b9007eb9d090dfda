import type { KubeObject } from '../../apimachinery/object-meta.ts';
import type { Amounts } from '../../apimachinery/resource-list.ts';
import type { Service } from '../core-v1/service.ts';
import type { Evaluator } from './evaluator.ts';
import { count } from './object-count.ts';

const NAMES: readonly string[] = Object.freeze([
  'count/services',
  'services',
  'services.nodeports',
  'services.loadbalancers',
]);

/** Services, their node ports and load balancers (pkg/quota/v1/evaluator/core/services.go). */
export const servicesEvaluator: Evaluator = Object.freeze({
  handles: (operation: string) => operation === 'CREATE' || operation === 'UPDATE',
  matchingResources: (hard: readonly string[]) => hard.filter((name) => NAMES.includes(name)),
  matchesScope: () => false,
  usage: (object: KubeObject): Amounts => {
    const { spec } = object as Service;
    return {
      'count/services': count(1),
      services: count(1),
      'services.nodeports': count(nodePorts(spec)),
      'services.loadbalancers': count(spec.type === 'LoadBalancer' ? 1 : 0),
    };
  },
});

function nodePorts({ type, ports = [], allocateLoadBalancerNodePorts }: Service['spec']): number {
  if (type === 'NodePort') return ports.length;
  if (type !== 'LoadBalancer') return 0;
  if (allocateLoadBalancerNodePorts !== false) return ports.length;
  return ports.filter(({ nodePort }) => nodePort).length;
}

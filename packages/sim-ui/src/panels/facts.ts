import type { WireIngress, WireLoadBalancer, WirePod, WireService } from '@k8s-ingress-sandbox/sim-core/wire';
import type { Subject } from '../map/box.ts';
import { canaryWords } from '../map/box-words.ts';
import type { Words } from '../words/words.tsx';

/** A line of the inspector. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** Everything that is known of a box, in the words of kubectl. */
export function factsOf(subject: Subject, words: Words): Fact[] {
  const facts = allFacts(subject, words);
  return facts.filter(({ value }) => value !== '');
}

export function titleOf(subject: Subject, { t }: Words): { kind: string; name: string } {
  switch (subject.kind) {
    case 'load-balancer':
      return { kind: t('object.balancer'), name: `${subject.balancer.namespace}/${subject.balancer.name}` };
    case 'node':
      return { kind: 'Node', name: subject.node.name };
    case 'controller':
    case 'pod':
      return { kind: 'Pod', name: `${subject.pod.namespace}/${subject.pod.name}` };
    case 'rule':
      return { kind: 'Ingress', name: `${subject.ingress.namespace}/${subject.ingress.name}` };
    case 'service':
    case 'endpoints':
      return {
        kind: subject.kind === 'service' ? 'Service' : t('object.endpoints'),
        name: `${subject.lane.service.namespace}/${subject.lane.service.name}`,
      };
    case 'pods':
      return { kind: t('object.pods'), name: subject.lane?.service.name ?? 'none' };
    case 'client':
      return { kind: t('object.client'), name: '' };
    case 'cost':
      return { kind: t('object.cost'), name: '' };
    case 'no-load-balancer':
      return { kind: t('object.noBalancer'), name: '' };
    case 'no-controller':
      return { kind: t('object.noController'), name: '' };
  }
}

function allFacts(subject: Subject, words: Words): Fact[] {
  const { t } = words;
  switch (subject.kind) {
    case 'load-balancer':
      return balancerFacts(subject.balancer);
    case 'node': {
      const { ip, ready, cordoned } = subject.node;
      return facts({
        'Internal IP': ip,
        Status: `${ready ? 'Ready' : 'NotReady'}${cordoned ? ',SchedulingDisabled' : ''}`,
      });
    }
    case 'controller':
    case 'pod':
      return podFacts(subject.pod);
    case 'pods':
      return subject.pods.map(({ name, ready, status }) => ({ name, value: `${ready} ${status}` }));
    case 'rule':
      return ingressFacts(subject.ingress, words);
    case 'service':
      return serviceFacts(subject.lane.service);
    case 'endpoints':
      return subject.lane.service.endpoints.map(({ pod, ip, ready, terminating }) => ({
        name: pod || ip,
        value: `${ip} ${terminating ? 'terminating' : ready ? 'ready' : 'not ready'}`,
      }));
    case 'client':
      return [{ name: t('object.what'), value: t('object.clientWhat') }];
    case 'no-load-balancer':
      return [{ name: t('object.why'), value: t('object.noBalancerWhy') }];
    case 'no-controller':
      return [{ name: t('object.why'), value: t('object.noControllerWhy') }];
    case 'cost':
      return [];
  }
}

function facts(table: Readonly<Record<string, string | undefined>>): Fact[] {
  return Object.entries(table).map(([name, value = '']) => ({ name, value }));
}

function balancerFacts({ state, reason, hostname, ports, targets }: WireLoadBalancer): Fact[] {
  return [
    ...facts({ State: state, Reason: reason, Hostname: hostname || '<pending>' }),
    ...ports.map(({ port, nodePort, url }) => ({
      name: `Port ${port}`,
      value: `→ node port ${nodePort}${url ? `, also at ${url}` : ''}`,
    })),
    ...targets.map(({ node, healthy }) => ({ name: node, value: healthy ? 'healthy' : 'unhealthy' })),
  ];
}

function podFacts({ status, ready, restarts, node, ip, images, app, labels, controller }: WirePod): Fact[] {
  const base = {
    Status: status,
    Ready: ready,
    Restarts: String(restarts),
    Node: node,
    IP: ip,
    App: app,
    Image: images.join(', '),
  };
  const labelText = Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
  const own = controller
    ? {
        Configuration: `r${controller.configurationRevision}`,
        Leader: controller.leader ? 'yes' : 'no',
        Controller: controller.reason,
      }
    : {};
  return facts({ ...base, ...own, Labels: labelText });
}

function ingressFacts(ingress: WireIngress, words: Words): Fact[] {
  const { className, served, reason, address, rules, tlsHosts, canary } = ingress;
  return [
    ...facts({
      Class: className || 'none',
      Served: served ? 'yes' : `no: ${reason}`,
      Canary: canary ? canaryWords(canary, words) : '',
      Address: address,
      TLS: tlsHosts.join(', '),
    }),
    ...rules.map(({ host, path, pathType, service, port }) => ({
      name: `${host || '*'}${path}`,
      value: `${pathType} → ${service}:${port}`,
    })),
  ];
}

function serviceFacts({ type, clusterIP, ports, selector, endpoints }: WireService): Fact[] {
  const selectorText = Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
  return facts({
    Type: type,
    'Cluster IP': clusterIP,
    Ports: ports,
    Selector: selectorText || '<none>',
    Endpoints: endpoints.map(({ ip }) => ip).join(', ') || '<none>',
  });
}

import { describe, expect, it } from 'vitest';
import type { Service } from '../../api/core-v1/service.ts';
import type { Ingress } from '../../api/networking-v1/ingress.ts';
import type { Workload } from '../api/objects.ts';
import { type Bindings, bindRoles } from './bind.ts';
import { NGINX } from './ingress-function.ts';
import type { Role } from './roles.ts';

const meta = (name: string, annotations = {}) => ({ name, namespace: 'shop', annotations });

function ingress(name: string, service: string, { host = 'shop.example.com', canary = false } = {}): Ingress {
  const annotations = canary ? { [`${NGINX}canary`]: 'true' } : {};
  const paths = [{ path: '/', pathType: 'Prefix', backend: { service: { name: service, port: { number: 80 } } } }];
  const spec = { rules: [{ host, http: { paths } }] };
  return { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: meta(name, annotations), spec } as Ingress;
}

const service = (name: string, selector: Record<string, string>, type = 'ClusterIP') =>
  ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: meta(name),
    spec: { type, selector, ports: [{ port: 80 }] },
  }) as Service;

const deployment = (name: string, labels: Record<string, string>, image = 'shop:1') =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: meta(name),
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'web', image }] } },
    },
  }) as unknown as Workload;

interface Scene {
  ingresses?: Ingress[];
  services?: Service[];
  workloads?: Workload[];
  scenario?: string[];
}

const bind = ({ ingresses = [], services = [], workloads = [], scenario = [] }: Scene): Bindings =>
  bindRoles({
    ingresses,
    services,
    workloads,
    secrets: [],
    isSubmitted: ({ metadata }) => !scenario.includes(metadata.name),
    images: new Set(['shop']),
  });

const names = (bindings: Bindings, ...roles: Role[]) =>
  roles.map((role) => {
    const binding = bindings[role];
    if ('object' in binding) return binding.object.metadata.name;
    return 'ambiguous' in binding ? binding.ambiguous : binding.missing;
  });

const PAIR = {
  ingresses: [ingress('x', 'a'), ingress('y', 'b', { canary: true })],
  services: [service('a', { v: '1' }), service('b', { v: '2' })],
  workloads: [deployment('one', { v: '1' }), deployment('two', { v: '2' })],
};

describe('roles', () => {
  it('are found by what objects do, whatever they are called', () => {
    const roles = [
      '$main',
      '$canary',
      '$mainService',
      '$canaryService',
      '$mainDeployment',
      '$canaryDeployment',
    ] as const;
    expect(names(bind(PAIR), ...roles)).toEqual(['x', 'y', 'a', 'b', 'one', 'two']);
  });

  it('prefer the Ingress that the canary is an alternative of, and the student over the scenario', () => {
    const other = ingress('other', 'a', { host: 'other.example.com' });
    expect(names(bind({ ...PAIR, ingresses: [other, ...PAIR.ingresses] }), '$main')).toEqual(['x']);
    const twin = { ...PAIR, ingresses: [ingress('given', 'a'), ingress('mine', 'a')], scenario: ['given'] };
    expect(names(bind(twin), '$main')).toEqual(['mine']);
  });

  it('are not made ambiguous by what runs something else', () => {
    const whoami = {
      ingress: ingress('whoami', 'w', { host: 'whoami.example.com' }),
      service: service('w', { app: 'w' }, 'LoadBalancer'),
      workload: deployment('w', { app: 'w' }, 'registry.example.com/whoami:1'),
    };
    const withWhoami = (ingresses: Ingress[], type?: string): Bindings =>
      bind({
        ingresses: [whoami.ingress, ...ingresses],
        services: [whoami.service, service('a', { v: '1' }, type), service('b', { v: '2' })],
        workloads: [whoami.workload, ...PAIR.workloads],
      });
    expect(names(withWhoami([ingress('x', 'a')], 'LoadBalancer'), '$main', '$ingress', '$loadBalancer')).toEqual([
      ...['x', 'x', 'a'],
    ]);
    const lost = ingress('y', 'b', { canary: true, host: 'else.example.com' });
    expect(names(withWhoami([ingress('x', 'a'), lost]), '$main', '$canaryService')).toEqual(['x', 'b']);
    const halves = [ingress('x', 'a'), ingress('x-api', 'b')];
    expect(names(withWhoami(halves), '$main', '$ingress')).toEqual([['Ingress shop/x', 'Ingress shop/x-api'], 'x']);
  });

  it('are ambiguous where several could be meant, with the candidates', () => {
    const two = { ...PAIR, ingresses: [...PAIR.ingresses, ingress('z', 'b', { canary: true })] };
    expect(names(bind(two), '$canary', '$canaryService')).toEqual([
      ['Ingress shop/y', 'Ingress shop/z'],
      ['Ingress shop/y', 'Ingress shop/z'],
    ]);
  });

  it('bind a canary on another host too: that it pairs with nobody is for traffic to show', () => {
    const lost = {
      ...PAIR,
      ingresses: [ingress('x', 'a'), ingress('y', 'b', { canary: true, host: 'else.example.com' })],
    };
    expect(names(bind(lost), '$main', '$canary', '$canaryService')).toEqual(['x', 'y', 'b']);
  });

  it('tell the workloads apart where the main Service selects both', () => {
    const both = {
      ...PAIR,
      services: [service('a', { app: 'web' }), service('b', { app: 'web', v: '2' })],
      workloads: [deployment('one', { app: 'web', v: '1' }), deployment('two', { app: 'web', v: '2' })],
    };
    expect(names(bind(both), '$mainDeployment', '$canaryDeployment')).toEqual(['one', 'two']);
  });

  it('say what is missing, and what comes near', () => {
    const half = ingress('y', 'b');
    half.metadata.annotations = { [`${NGINX}canary-weight`]: '5' };
    const [missing] = names(bind({ ...PAIR, ingresses: [ingress('x', 'a'), half] }), '$canary');
    expect(missing).toMatch(/^no Ingress is a canary: .* though Ingress shop\/y has others of a canary$/);
    expect(names(bind({ ...PAIR, services: [] }), '$mainService')[0]).toBe(
      'Ingress shop/x sends to Service shop/a, which does not exist',
    );
  });
});

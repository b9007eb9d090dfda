import { describe, expect, test } from 'vitest';
import { errorsOf, updateErrorsOf } from '../../test-errors.ts';
import { type Service, services } from '../service.ts';

const good: Service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'default' },
  spec: { ports: [{ port: 80 }] },
};
const withSpec = (spec: object): string[] => errorsOf(services, good, (service) => Object.assign(service.spec, spec));
const withAnnotations = (annotations: Record<string, string>): string[] =>
  errorsOf(services, good, ({ metadata }) => Object.assign(metadata, { annotations }));
const ranges = 'service.beta.kubernetes.io/load-balancer-source-ranges';

describe('a Service', () => {
  test.each<[object, string[]]>([
    [{}, []],
    // v1.33 no longer minds the kubelet's port.
    [{ type: 'LoadBalancer', ports: [{ port: 10250 }] }, []],
    [{ externalIPs: ['80.11.12.10'] }, []],
    [
      { type: 'NodePort', externalTrafficPolicy: 'local' },
      ['spec.externalTrafficPolicy: Unsupported value: "local": supported values: "Cluster", "Local"'],
    ],
    [
      { type: 'NodePort', healthCheckNodePort: 30001 },
      [
        "spec.healthCheckNodePort: Invalid value: 30001: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
      ],
    ],
    [
      { type: 'LoadBalancer', externalTrafficPolicy: 'Local', healthCheckNodePort: 99999 },
      ['spec.healthCheckNodePort: Invalid value: 99999: must be between 1 and 65535, inclusive'],
    ],
    [
      {
        ports: [
          { name: 'a', port: 80 },
          { name: 'b', port: 80 },
        ],
      },
      [
        'spec.ports[1]: Duplicate value: core.ServicePort{Name:"", Protocol:"TCP", AppProtocol:(*string)(nil), Port:80, TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:""}, NodePort:0}',
      ],
    ],
  ])('%j', (spec, expected) => expect(withSpec(spec)).toEqual(expected));

  test('addresses of its own make it reachable from outside', () => {
    const spec = { ports: [{ port: 80 }], externalIPs: ['80.11.12.10'] };
    const service: Service = { ...good, spec };
    services.setDefaults?.(service);
    expect(service.spec.externalTrafficPolicy).toBe('Cluster');
  });

  test.each<[Record<string, string>, string[]]>([
    [
      { [ranges]: '10.0.0.0/8, x' },
      [
        `metadata.annotations[${ranges}]: Forbidden: may only be used when \`type\` is 'LoadBalancer'`,
        `metadata.annotations[${ranges}]: Invalid value: "x": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)`,
      ],
    ],
    [
      { 'service.kubernetes.io/topology-aware-hints': 'auto', 'service.kubernetes.io/topology-mode': 'Auto' },
      [
        'metadata.annotations[service.kubernetes.io/topology-mode]: Invalid value: "Auto": must match annotations[service.kubernetes.io/topology-aware-hints] when both are specified',
      ],
    ],
  ])('%j', (annotations, expected) => expect(withAnnotations(annotations)).toEqual(expected));

  test('keeps its address and family', () => {
    const clusterIP = '10.96.0.10';
    const old: Service = { ...good, spec: { ...good.spec, clusterIP, clusterIPs: [clusterIP], ipFamilies: ['IPv4'] } };
    const to = (spec: object): string[] =>
      updateErrorsOf(services, old, (service) => Object.assign(service.spec, spec));
    expect(to({ ipFamilies: ['IPv6'] })).toEqual([
      'spec.ipFamilies[0]: Invalid value: []core.IPFamily{"IPv6"}: may not change once set',
    ]);
    expect(to({ clusterIP: '', clusterIPs: [] })).toEqual([
      'spec.clusterIPs[0]: Invalid value: []string{}: primary clusterIP can not be unset',
    ]);
  });

  test('an old annotation is spoken of', () => {
    const metadata = { ...good.metadata, annotations: { 'service.kubernetes.io/topology-aware-hints': 'auto' } };
    expect(services.warnings?.({ ...good, metadata })).toEqual([
      'annotation service.kubernetes.io/topology-aware-hints is deprecated, please use service.kubernetes.io/topology-mode instead',
    ]);
  });
});

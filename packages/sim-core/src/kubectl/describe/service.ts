import type { JsonObject } from '../json.ts';
import { at, number, objects, strings, text, texts } from '../json.ts';
import type { Describer } from './describer.ts';
import { endpointsText, slicesOf } from './endpoints.ts';
import { eventLines } from './events.ts';
import { metadataLines } from './metadata.ts';

/** describe.go describeService. */
export const service: Describer = async (context, object) => {
  const namespace = text(object, 'metadata', 'namespace');
  const optional = (name: string, value: string) => (value === '' ? [] : [`${name}:\t${value}`]);
  const slices = await slicesOf(context, namespace, text(object, 'metadata', 'name'));
  const type = text(object, 'spec', 'type');
  const ports = objects(object, 'spec', 'ports').flatMap((port) =>
    portLines(port, endpointsText(slices, text(port, 'name'))),
  );
  const ingress = objects(object, 'status', 'loadBalancer', 'ingress').map(ingressText);
  return [
    `Name:\t${text(object, 'metadata', 'name')}`,
    `Namespace:\t${namespace}`,
    ...metadataLines(object),
    `Selector:\t${selectorText(object)}`,
    `Type:\t${type}`,
    ...optional('IP Family Policy', text(object, 'spec', 'ipFamilyPolicy')),
    ...(texts(object, 'spec', 'ipFamilies').length > 0
      ? [`IP Families:\t${texts(object, 'spec', 'ipFamilies').join(',')}`]
      : ['IP Families:\t<none>']),
    `IP:\t${text(object, 'spec', 'clusterIP')}`,
    `IPs:\t${texts(object, 'spec', 'clusterIPs').join(',') || '<none>'}`,
    ...optional('External IPs', texts(object, 'spec', 'externalIPs').join(',')),
    ...optional('Desired LoadBalancer IP', text(object, 'spec', 'loadBalancerIP')),
    ...optional('External Name', text(object, 'spec', 'externalName')),
    ...optional('LoadBalancer Ingress', ingress.join(', ')),
    ...ports,
    `Session Affinity:\t${text(object, 'spec', 'sessionAffinity')}`,
    ...optional('External Traffic Policy', text(object, 'spec', 'externalTrafficPolicy')),
    ...optional('Internal Traffic Policy', text(object, 'spec', 'internalTrafficPolicy')),
    ...(number(object, 'spec', 'healthCheckNodePort') > 0
      ? [`HealthCheck NodePort:\t${number(object, 'spec', 'healthCheckNodePort')}`]
      : []),
    ...optional('Traffic Distribution', text(object, 'spec', 'trafficDistribution')),
    ...optional('LoadBalancer Source Ranges', texts(object, 'spec', 'loadBalancerSourceRanges').join(',')),
    ...(await eventLines(context, object)),
  ];
};

function selectorText(object: JsonObject): string {
  const pairs = Object.entries(strings(object, 'spec', 'selector')).sort(([a], [b]) => (a < b ? -1 : 1));
  return pairs.length === 0 ? '<none>' : pairs.map(([key, value]) => `${key}=${value}`).join(',');
}

function ingressText(ingress: JsonObject): string {
  const address = text(ingress, 'ip') || text(ingress, 'hostname');
  return text(ingress, 'ipMode') === '' ? address : `${address} (${text(ingress, 'ipMode')})`;
}

function portLines(port: JsonObject, endpoints: string): string[] {
  const [name, protocol] = [text(port, 'name') || '<unset>', text(port, 'protocol') || 'TCP'];
  const target = at(port, 'targetPort');
  return [
    `Port:\t${name}\t${text(port, 'port')}/${protocol}`,
    `TargetPort:\t${target === 0 ? text(port, 'port') : text(port, 'targetPort')}/${protocol}`,
    ...(number(port, 'nodePort') > 0 ? [`NodePort:\t${name}\t${text(port, 'nodePort')}/${protocol}`] : []),
    `Endpoints:\t${endpoints}`,
  ];
}

import { humanDuration } from '../../apimachinery/human-duration.ts';
import {
  addQuantities,
  formatQuantity,
  parseQuantity,
  type Quantity,
  quantityMilliValue,
} from '../../apimachinery/quantity.ts';
import { parseTimestamp } from '../../apimachinery/timestamp.ts';
import type { JsonObject } from '../json.ts';
import { objects, strings, text, texts } from '../json.ts';
import { ServerError } from '../server-error.ts';
import type { Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { longTime, metadataLines, multiline } from './metadata.ts';

const ROLE = 'node-role.kubernetes.io/';
const INFO: readonly (readonly [string, string])[] = Object.freeze([
  ['Machine ID', 'machineID'],
  ['System UUID', 'systemUUID'],
  ['Boot ID', 'bootID'],
  ['Kernel Version', 'kernelVersion'],
  ['OS Image', 'osImage'],
  ['Operating System', 'operatingSystem'],
  ['Architecture', 'architecture'],
  ['Container Runtime Version', 'containerRuntimeVersion'],
  ['Kubelet Version', 'kubeletVersion'],
  ['Kube-Proxy Version', 'kubeProxyVersion'],
] as const);

/** describe.go describeNode. */
export const node: Describer = async (context, object) => {
  const name = text(object, 'metadata', 'name');
  const mapper = await context.mapper();
  const list = await context.client.get(
    { resource: mapper.expect('pods'), namespace: '' },
    { fieldSelector: `spec.nodeName=${name},status.phase!=Succeeded,status.phase!=Failed` },
  );
  const roles = Object.keys(strings(object, 'metadata', 'labels'))
    .filter((key) => key.startsWith(ROLE))
    .map((key) => key.slice(ROLE.length));
  const taints = objects(object, 'spec', 'taints').map(
    (each) =>
      `${text(each, 'key')}${text(each, 'value') === '' ? '' : `=${text(each, 'value')}`}:${text(each, 'effect')}`,
  );
  const optional = (title: string, value: string) => (value === '' ? [] : [`${title}:\t${value}`]);
  return [
    `Name:\t${name}`,
    `Roles:\t${roles.sort().join(',') || '<none>'}`,
    ...metadataLines(object),
    `CreationTimestamp:\t${longTime(text(object, 'metadata', 'creationTimestamp'))}`,
    ...multiline('Taints', taints),
    `Unschedulable:\t${(object['spec'] as JsonObject | undefined)?.['unschedulable'] === true}`,
    ...(await leaseLines(context, name)),
    ...conditionLines(object),
    'Addresses:',
    ...objects(object, 'status', 'addresses').map((each) => `  ${text(each, 'type')}:\t${text(each, 'address')}`),
    ...quantities('Capacity', strings(object, 'status', 'capacity')),
    ...quantities('Allocatable', strings(object, 'status', 'allocatable')),
    'System Info:',
    ...INFO.map(([title, field]) => `  ${title}:\t${text(object, 'status', 'nodeInfo', field)}`),
    ...optional('PodCIDR', text(object, 'spec', 'podCIDR')),
    ...optional('PodCIDRs', texts(object, 'spec', 'podCIDRs').join(',')),
    ...optional('ProviderID', text(object, 'spec', 'providerID')),
    ...podLines(object, objects(list, 'items'), context.environment.now()),
    ...(await eventLines(context, object)),
  ];
};

async function leaseLines(context: Parameters<Describer>[0], name: string): Promise<string[]> {
  try {
    const resource = (await context.mapper()).expect('leases.coordination.k8s.io');
    const lease = await context.client.get({ resource, namespace: 'kube-node-lease', name });
    const time = (field: string) => longTime(text(lease, 'spec', field));
    return [
      'Lease:',
      `  HolderIdentity:\t${text(lease, 'spec', 'holderIdentity')}`,
      `  AcquireTime:\t${time('acquireTime')}`,
      `  RenewTime:\t${time('renewTime')}`,
    ];
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    return [`Lease:\tFailed to get lease: ${error.message}`];
  }
}

function conditionLines(object: JsonObject): string[] {
  const conditions = objects(object, 'status', 'conditions');
  if (conditions.length === 0) return [];
  const row = (each: JsonObject) =>
    `  ${text(each, 'type')} \t${text(each, 'status')} \t${longTime(text(each, 'lastHeartbeatTime'))} \t${longTime(text(each, 'lastTransitionTime'))} \t${text(each, 'reason')} \t${text(each, 'message')}`;
  return [
    'Conditions:',
    '  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage',
    '  ----\t------\t-----------------\t------------------\t------\t-------',
    ...conditions.map(row),
  ];
}

function quantities(title: string, values: Readonly<Record<string, string>>): string[] {
  return [
    `${title}:`,
    ...Object.keys(values)
      .sort()
      .map((key) => `  ${key}:\t${formatQuantity(parseQuantity(values[key] ?? '0'))}`),
  ];
}

/** What pods ask for, and how much of the node that is. */
function podLines(object: JsonObject, pods: readonly JsonObject[], now: number): string[] {
  const allocatable = strings(object, 'status', 'allocatable');
  const share = (name: string, value: Quantity) => {
    const all = quantityMilliValue(parseQuantity(allocatable[name] ?? '0'));
    return `${formatQuantity(value)} (${all === 0 ? 0 : Math.floor((quantityMilliValue(value) / all) * 100)}%)`;
  };
  const asked = (list: readonly JsonObject[], field: 'requests' | 'limits', name: string): Quantity =>
    list
      .flatMap((pod) => objects(pod, 'spec', 'containers'))
      .map((container) => parseQuantity(strings(container, 'resources', field)[name] ?? '0'))
      .reduce((sum, each) => addQuantities(sum, each), parseQuantity('0'));
  const cells = (list: readonly JsonObject[], name: string) => [
    share(name, asked(list, 'requests', name)),
    share(name, asked(list, 'limits', name)),
  ];
  const sorted = [...pods].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const rows = sorted.map((pod) => {
    const age = humanDuration(now - parseTimestamp(text(pod, 'metadata', 'creationTimestamp')));
    return `  ${[text(pod, 'metadata', 'namespace'), text(pod, 'metadata', 'name'), '', ...[...cells([pod], 'cpu'), ...cells([pod], 'memory')]].join('\t')}\t${age}`;
  });
  return [
    `Non-terminated Pods:\t(${pods.length} in total)`,
    '  Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge',
    '  ---------\t----\t\t------------\t----------\t---------------\t-------------\t---',
    ...rows,
    'Allocated resources:',
    '  (Total limits may be over 100 percent, i.e., overcommitted.)',
    '  Resource\tRequests\tLimits',
    '  --------\t--------\t------',
    ...['cpu', 'memory', 'ephemeral-storage'].map((name) => `  ${name}\t${cells(pods, name).join('\t')}`),
  ];
}

function placeOf(pod: JsonObject): string {
  return `${text(pod, 'metadata', 'namespace')}/${text(pod, 'metadata', 'name')}`;
}

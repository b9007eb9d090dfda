import { humanDuration } from '../../apimachinery/human-duration.ts';
import { parseTimestamp } from '../../apimachinery/timestamp.ts';
import { number, objects, strings, text } from '../json.ts';
import { containerLines } from './containers.ts';
import type { Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { annotationLines, controllerOf, labelLines, longTime } from './metadata.ts';
import { schedulingLines } from './pod-template.ts';
import { volumeLines } from './volumes.ts';

/** describe.go describePod. */
export const pod: Describer = async (context, object) => {
  const optional = (name: string, value: string) => (value === '' ? [] : [`${name}:\t${value}`]);
  const containers = (title: string, field: string, statuses: string) => {
    const listed = objects(object, 'spec', field);
    return listed.length === 0 ? [] : containerLines(title, listed, objects(object, 'status', statuses), object);
  };
  const node = text(object, 'spec', 'nodeName');
  const ips = objects(object, 'status', 'podIPs');
  const conditions = objects(object, 'status', 'conditions');
  return [
    `Name:\t${text(object, 'metadata', 'name')}`,
    `Namespace:\t${text(object, 'metadata', 'namespace')}`,
    ...optional('Priority', text(object, 'spec', 'priority')),
    ...optional('Priority Class Name', text(object, 'spec', 'priorityClassName')),
    ...optional('Runtime Class Name', text(object, 'spec', 'runtimeClassName')),
    ...optional('Service Account', text(object, 'spec', 'serviceAccountName')),
    `Node:\t${node === '' ? '<none>' : `${node}/${text(object, 'status', 'hostIP')}`}`,
    ...(text(object, 'status', 'startTime') === ''
      ? []
      : [`Start Time:\t${longTime(text(object, 'status', 'startTime'))}`]),
    ...labelLines('Labels', strings(object, 'metadata', 'labels')),
    ...annotationLines('Annotations', strings(object, 'metadata', 'annotations')),
    ...statusLines(object, context.environment.now()),
    ...optional('Reason', text(object, 'status', 'reason')),
    ...optional('Message', text(object, 'status', 'message')),
    `IP:\t${text(object, 'status', 'podIP')}`,
    ...(ips.length === 0 ? ['IPs:\t<none>'] : ['IPs:', ...ips.map((ip) => `  IP:\t${text(ip, 'ip')}`)]),
    ...optional('Controlled By', controllerOf(object)),
    ...containers('Init Containers', 'initContainers', 'initContainerStatuses'),
    ...containers('Containers', 'containers', 'containerStatuses'),
    ...containers('Ephemeral Containers', 'ephemeralContainers', 'ephemeralContainerStatuses'),
    ...(conditions.length === 0
      ? []
      : [
          'Conditions:',
          '  Type\tStatus',
          ...conditions.map((each) => `  ${text(each, 'type')} \t${text(each, 'status')} `),
        ]),
    ...volumeLines(objects(object, 'spec', 'volumes')),
    ...optional('QoS Class', text(object, 'status', 'qosClass')),
    ...schedulingLines(object),
    ...(await eventLines(context, object)),
  ];
};

function statusLines(object: Parameters<Describer>[1], now: number): string[] {
  const deleted = text(object, 'metadata', 'deletionTimestamp');
  const phase = text(object, 'status', 'phase');
  if (deleted === '' || phase === 'Succeeded' || phase === 'Failed') return [`Status:\t${phase}`];
  const lasts = humanDuration(now - parseTimestamp(deleted));
  return [
    `Status:\tTerminating (lasts ${lasts})`,
    `Termination Grace Period:\t${number(object, 'metadata', 'deletionGracePeriodSeconds')}s`,
  ];
}

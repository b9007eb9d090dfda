import { formatLabelSelector } from '../../apimachinery/label-selector.ts';
import { object as inner, number, objects, strings, text } from '../json.ts';
import type { Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { annotationLines, controllerOf, labelLines } from './metadata.ts';
import { ownedBy } from './owned-by.ts';
import { podTemplateLines } from './pod-template.ts';

/** describe.go describeReplicaSet. */
export const replicaSet: Describer = async (context, object) => {
  const selector = formatLabelSelector(inner(object, 'spec', 'selector'));
  const pods = await ownedBy(context, object, 'pods', selector);
  const count = (phase: string) => pods.filter((each) => text(each, 'status', 'phase') === phase).length;
  const owner = controllerOf(object);
  const conditions = objects(object, 'status', 'conditions');
  return [
    `Name:\t${text(object, 'metadata', 'name')}`,
    `Namespace:\t${text(object, 'metadata', 'namespace')}`,
    `Selector:\t${selector}`,
    ...labelLines('Labels', strings(object, 'metadata', 'labels')),
    ...annotationLines('Annotations', strings(object, 'metadata', 'annotations')),
    ...(owner === '' ? [] : [`Controlled By:\t${owner}`]),
    `Replicas:\t${number(object, 'status', 'replicas')} current / ${number(object, 'spec', 'replicas')} desired`,
    `Pods Status:\t${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`,
    ...podTemplateLines(inner(object, 'spec', 'template')),
    ...(conditions.length === 0
      ? []
      : [
          'Conditions:',
          '  Type\tStatus\tReason',
          '  ----\t------\t------',
          ...conditions.map((each) => `  ${text(each, 'type')} \t${text(each, 'status')}\t${text(each, 'reason')}`),
        ]),
    ...(await eventLines(context, object)),
  ];
};

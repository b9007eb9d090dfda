import { formatLabelSelector } from '../../apimachinery/label-selector.ts';
import type { JsonObject } from '../json.ts';
import { at, object as inner, number, objects, text } from '../json.ts';
import type { Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { longTime, metadataLines } from './metadata.ts';
import { ownedBy } from './owned-by.ts';
import { podTemplateLines } from './pod-template.ts';

const REVISION = 'deployment.kubernetes.io/revision';

/** describe.go describeDeployment. */
export const deployment: Describer = async (context, object) => {
  const selector = formatLabelSelector(inner(object, 'spec', 'selector'));
  const status = (field: string) => number(object, 'status', field);
  const rolling = inner(object, 'spec', 'strategy', 'rollingUpdate');
  const conditions = objects(object, 'status', 'conditions');
  const sets = await ownedBy(context, object, 'replicasets.apps', selector);
  const current = text(object, 'metadata', 'annotations', REVISION);
  const [newest, old] = [
    sets.filter((each) => revision(each) === current),
    sets.filter((each) => revision(each) !== current),
  ];
  return [
    `Name:\t${text(object, 'metadata', 'name')}`,
    `Namespace:\t${text(object, 'metadata', 'namespace')}`,
    `CreationTimestamp:\t${longTime(text(object, 'metadata', 'creationTimestamp'))}`,
    ...metadataLines(object),
    `Selector:\t${selector}`,
    `Replicas:\t${number(object, 'spec', 'replicas')} desired | ${status('updatedReplicas')} updated | ${status('replicas')} total | ${status('availableReplicas')} available | ${status('unavailableReplicas')} unavailable`,
    `StrategyType:\t${text(object, 'spec', 'strategy', 'type')}`,
    `MinReadySeconds:\t${number(object, 'spec', 'minReadySeconds')}`,
    ...(at(object, 'spec', 'strategy', 'rollingUpdate') === undefined
      ? []
      : [
          `RollingUpdateStrategy:\t${text(rolling, 'maxUnavailable')} max unavailable, ${text(rolling, 'maxSurge')} max surge`,
        ]),
    ...podTemplateLines(inner(object, 'spec', 'template')),
    ...(conditions.length === 0
      ? []
      : [
          'Conditions:',
          '  Type\tStatus\tReason',
          '  ----\t------\t------',
          ...conditions.map((each) => `  ${text(each, 'type')} \t${text(each, 'status')}\t${text(each, 'reason')}`),
        ]),
    `OldReplicaSets:\t${setsText(old)}`,
    `NewReplicaSet:\t${setsText(newest)}`,
    ...(await eventLines(context, object)),
  ];
};

function revision(set: JsonObject): string {
  return text(set, 'metadata', 'annotations', REVISION);
}

function setsText(sets: readonly JsonObject[]): string {
  const texts = sets.map(
    (set) =>
      `${text(set, 'metadata', 'name')} (${number(set, 'status', 'replicas')}/${number(set, 'spec', 'replicas')} replicas created)`,
  );
  return texts.length === 0 ? '<none>' : texts.join(', ');
}

import type { ObjectMeta } from '../../../apimachinery/object-meta.ts';
import { type PersistentVolumeClaim, persistentVolumeClaims } from '../../core-v1/persistent-volume-claim.ts';
import { setPodTemplateDefaults } from '../../core-v1/pod/defaults.ts';
import type { StatefulSet, StatefulSetSpec } from '../stateful-set.ts';

/** pkg/apis/apps/v1/defaults.go SetDefaults_StatefulSet */
export function setStatefulSetDefaults({ spec }: StatefulSet): void {
  spec.template ??= { spec: { containers: [] } };
  setPodTemplateDefaults(spec.template);
  spec.podManagementPolicy ||= 'OrderedReady';
  spec.updateStrategy = withStrategyDefaults(spec.updateStrategy);
  spec.persistentVolumeClaimRetentionPolicy = {
    whenDeleted: spec.persistentVolumeClaimRetentionPolicy?.whenDeleted || 'Retain',
    whenScaled: spec.persistentVolumeClaimRetentionPolicy?.whenScaled || 'Retain',
  };
  spec.replicas ??= 1;
  spec.revisionHistoryLimit ??= 10;
  if (spec.volumeClaimTemplates) spec.volumeClaimTemplates = spec.volumeClaimTemplates.map(withClaimDefaults);
}

function withStrategyDefaults({
  type,
  rollingUpdate,
}: StatefulSetSpec['updateStrategy'] = {}): NonNullable<StatefulSetSpec['updateStrategy']> {
  const wanted = type || 'RollingUpdate';
  const given = type ? rollingUpdate : (rollingUpdate ?? {});
  if (given === undefined) return { type: wanted };
  return { type: wanted, rollingUpdate: wanted === 'RollingUpdate' ? { partition: 0, ...given } : given };
}

/** A template is stored as a whole claim, with its kind and phase (conversion.go, Convert_apps_StatefulSetSpec_To_v1_StatefulSetSpec). */
function withClaimDefaults(template: PersistentVolumeClaim): PersistentVolumeClaim {
  if (Object.isFrozen(template)) return template;
  const claim: PersistentVolumeClaim = {
    ...template,
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { creationTimestamp: null, ...template.metadata } as unknown as ObjectMeta,
    ...(template.spec && { spec: { ...template.spec } }),
    status: { ...template.status, phase: template.status?.phase || 'Pending' },
  };
  persistentVolumeClaims.setDefaults?.(claim);
  return claim;
}

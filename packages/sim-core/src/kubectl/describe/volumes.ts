import type { JsonObject } from '../json.ts';
import { at, object, objects, text } from '../json.ts';

/** Volumes by their sources (describe.go describeVolumes). @param space in front, in templates */
export function volumeLines(volumes: readonly JsonObject[], space = ''): string[] {
  if (volumes.length === 0) return [`${space}Volumes:\t<none>`];
  const lines = volumes.flatMap((volume) => [
    `  ${space === '' ? '' : ' '}${text(volume, 'name')}:`,
    ...sourceLines(volume).map((line) => `    ${line}`),
  ]);
  return [`${space}Volumes:`, ...lines];
}

function sourceLines(volume: JsonObject): string[] {
  const source = (name: string) => (at(volume, name) === undefined ? undefined : object(volume, name));
  const optional = (value: JsonObject) => `Optional:\t${value['optional'] === true}`;
  const emptyDir = source('emptyDir');
  if (emptyDir !== undefined) {
    return [
      "Type:\tEmptyDir (a temporary directory that shares a pod's lifetime)",
      `Medium:\t${text(emptyDir, 'medium')}`,
      `SizeLimit:\t${text(emptyDir, 'sizeLimit') || '<unset>'}`,
    ];
  }
  const secret = source('secret');
  if (secret !== undefined)
    return [
      'Type:\tSecret (a volume populated by a Secret)',
      `SecretName:\t${text(secret, 'secretName')}`,
      optional(secret),
    ];
  const configMap = source('configMap');
  if (configMap !== undefined)
    return [
      'Type:\tConfigMap (a volume populated by a ConfigMap)',
      `Name:\t${text(configMap, 'name')}`,
      optional(configMap),
    ];
  const hostPath = source('hostPath');
  if (hostPath !== undefined)
    return [
      'Type:\tHostPath (bare host directory volume)',
      `Path:\t${text(hostPath, 'path')}`,
      `HostPathType:\t${text(hostPath, 'type')}`,
    ];
  const claim = source('persistentVolumeClaim');
  if (claim !== undefined) {
    return [
      'Type:\tPersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
      `ClaimName:\t${text(claim, 'claimName')}`,
      `ReadOnly:\t${claim['readOnly'] === true}`,
    ];
  }
  const projected = source('projected');
  if (projected !== undefined)
    return [
      'Type:\tProjected (a volume that contains injected data from multiple sources)',
      ...objects(projected, 'sources').flatMap(projectedLines),
    ];
  if (source('downwardAPI') !== undefined)
    return ['Type:\tDownwardAPI (a volume populated by information about the pod)', 'Items:'];
  return ['<unknown>'];
}

function projectedLines(source: JsonObject): string[] {
  if (at(source, 'secret') !== undefined)
    return [
      `SecretName:\t${text(source, 'secret', 'name')}`,
      `Optional:\t${at(source, 'secret', 'optional') === true}`,
    ];
  if (at(source, 'downwardAPI') !== undefined) return ['DownwardAPI:\ttrue'];
  if (at(source, 'configMap') !== undefined)
    return [
      `ConfigMapName:\t${text(source, 'configMap', 'name')}`,
      `Optional:\t${at(source, 'configMap', 'optional') === true}`,
    ];
  if (at(source, 'serviceAccountToken') !== undefined)
    return [`TokenExpirationSeconds:\t${text(source, 'serviceAccountToken', 'expirationSeconds')}`];
  return [];
}

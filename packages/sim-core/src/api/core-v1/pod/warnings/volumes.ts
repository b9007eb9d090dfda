import type { Volume } from '../pod-spec.ts';

/** Kinds of volumes that are on their way out. */
const DEPRECATED: Readonly<Record<string, string>> = Object.freeze({
  photonPersistentDisk: 'deprecated in v1.11, non-functional in v1.16+',
  gitRepo: 'deprecated in v1.11',
  scaleIO: 'deprecated in v1.16, non-functional in v1.22+',
  flocker: 'deprecated in v1.22, non-functional in v1.25+',
  storageos: 'deprecated in v1.22, non-functional in v1.25+',
  quobyte: 'deprecated in v1.22, non-functional in v1.25+',
  glusterfs: 'deprecated in v1.25, non-functional in v1.26+',
  cephfs: 'deprecated in v1.28, non-functional in v1.31+',
  rbd: 'deprecated in v1.28, non-functional in v1.31+',
});
/** The one whose field upstream writes in another way. */
const NAMES: Readonly<Record<string, string>> = Object.freeze({ storageos: 'storageOS' });

/** What there is to say of the kinds of volumes, by the order of the kinds. */
export function warnOfVolumes(volumes: readonly Volume[], path: string): string[] {
  return volumes.flatMap((volume, i) =>
    Object.entries(DEPRECATED).flatMap(([source, message]) =>
      volume[source] == null ? [] : [`${path}[${i}].${NAMES[source] ?? source}: ${message}`],
    ),
  );
}

/**
 * Defaults that the Go types declare (`+default=`); what else the API server fills in is code of the kinds, and is no part
 * of OpenAPI. Zero values of required fields are not here: the document says them by rule.
 */
export const DEFAULTS: Readonly<Record<string, unknown>> = Object.freeze({
  'AzureDiskVolumeSource.cachingMode': 'ReadWrite',
  'AzureDiskVolumeSource.fsType': 'ext4',
  'AzureDiskVolumeSource.kind': 'Shared',
  'AzureDiskVolumeSource.readOnly': false,
  'ConfigMapEnvSource.name': '',
  'ConfigMapKeySelector.name': '',
  'ConfigMapProjection.name': '',
  'ConfigMapVolumeSource.name': '',
  'ContainerPort.protocol': 'TCP',
  'GRPCAction.service': '',
  'ISCSIPersistentVolumeSource.iscsiInterface': 'default',
  'ISCSIVolumeSource.iscsiInterface': 'default',
  'LocalObjectReference.name': '',
  'RBDPersistentVolumeSource.keyring': '/etc/ceph/keyring',
  'RBDPersistentVolumeSource.pool': 'rbd',
  'RBDPersistentVolumeSource.user': 'admin',
  'RBDVolumeSource.keyring': '/etc/ceph/keyring',
  'RBDVolumeSource.pool': 'rbd',
  'RBDVolumeSource.user': 'admin',
  'ScaleIOPersistentVolumeSource.fsType': 'xfs',
  'ScaleIOPersistentVolumeSource.storageMode': 'ThinProvisioned',
  'ScaleIOVolumeSource.fsType': 'xfs',
  'ScaleIOVolumeSource.storageMode': 'ThinProvisioned',
  'SecretEnvSource.name': '',
  'SecretKeySelector.name': '',
  'SecretProjection.name': '',
  'ServicePort.protocol': 'TCP',
});

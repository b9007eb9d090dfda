import type { Pod } from '../pod.ts';

/** What `--field-selector` may ask of pods (pkg/apis/core/v1/conversion.go, pkg/registry/core/pod/strategy.go ToSelectableFields). */
export const POD_FIELDS = Object.freeze({
  'spec.nodeName': ({ spec }: Pod) => spec.nodeName ?? '',
  'spec.restartPolicy': ({ spec }: Pod) => spec.restartPolicy ?? '',
  'spec.schedulerName': ({ spec }: Pod) => String(spec.schedulerName ?? ''),
  'spec.serviceAccountName': ({ spec }: Pod) => spec.serviceAccountName ?? '',
  'spec.hostNetwork': ({ spec }: Pod) => String(spec.hostNetwork === true),
  'status.phase': ({ status }: Pod) => status?.phase ?? '',
  'status.podIP': ({ status }: Pod) => status?.podIP ?? '',
  'status.podIPs': ({ status }: Pod) => status?.podIP ?? '',
  'status.nominatedNodeName': () => '',
});

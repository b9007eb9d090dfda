import { type Pod, pods } from '../../api/core-v1/pod.ts';
import { type RuntimeClass, runtimeClasses } from '../../api/node-v1/runtime-class.ts';
import { deepEqual } from '../../apimachinery/deep.ts';
import { groupResource } from '../../apimachinery/kind.ts';
import { type AdmissionPlugin, type AdmissionRequest, forbiddenBy } from './admission.ts';

/** A pod's RuntimeClass has to be there, and says what it costs and where it runs (plugin/pkg/admission/runtimeclass/admission.go). */
export const runtimeClass: AdmissionPlugin = Object.freeze({
  name: 'RuntimeClass',
  admit(request: AdmissionRequest): void {
    if (request.operation !== 'CREATE' || request.kind !== pods) return;
    const { spec } = request.object as Pod;
    const overhead = spec.runtimeClassName ? apply(request, spec, spec.runtimeClassName) : undefined;
    if (spec.overhead === undefined || deepEqual(spec.overhead, overhead)) return;
    const none = 'Pod Overhead set without corresponding RuntimeClass defined Overhead';
    const other = "Pod's Overhead doesn't match RuntimeClass's defined Overhead";
    throw forbiddenBy(request, `pod rejected: ${overhead === undefined ? none : other}`);
  },
});

/** @returns the overhead that the class defines */
function apply(request: AdmissionRequest, spec: Pod['spec'], name: string): Record<string, string> | undefined {
  const found = request.store.get(groupResource(runtimeClasses), '', name) as RuntimeClass | undefined;
  if (found === undefined) throw forbiddenBy(request, `pod rejected: RuntimeClass "${name}" not found`);
  const { nodeSelector, tolerations = [] } = found.scheduling ?? {};
  for (const [key, value] of Object.entries(nodeSelector ?? {})) {
    const own = spec.nodeSelector?.[key];
    if (own === undefined || own === value) continue;
    throw forbiddenBy(request, 'conflict: runtimeClass.scheduling.nodeSelector and pod.spec.nodeSelector disagree');
  }
  if (nodeSelector !== undefined) spec.nodeSelector = { ...spec.nodeSelector, ...nodeSelector };
  const missing = tolerations.filter((each) => !spec.tolerations?.some((own) => deepEqual(own, each)));
  if (missing.length > 0) spec.tolerations = [...(spec.tolerations ?? []), ...missing];
  const overhead = found.overhead?.podFixed;
  if (overhead !== undefined) spec.overhead ??= overhead;
  return overhead;
}

import { type Pod, pods } from '../../api/core-v1/pod.ts';
import { type AdmissionPlugin, type AdmissionRequest, forbiddenBy } from './admission.ts';

/** The PriorityClasses that every cluster has (pkg/apis/scheduling/types.go). */
const CLASSES: Readonly<Record<string, number>> = Object.freeze({
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
});

/** The number behind priorityClassName; 0 without one (plugin/pkg/admission/priority/admission.go). */
export const priority: AdmissionPlugin = Object.freeze({
  name: 'Priority',
  admit(request: AdmissionRequest): void {
    const { kind, object, operation } = request;
    if (operation !== 'CREATE' || kind !== pods) return;
    const { spec } = object as Pod;
    const computed = computedPriority(request, spec.priorityClassName as string | undefined);
    if (spec.priority !== undefined && spec.priority !== computed) {
      throw forbiddenBy(
        request,
        `the integer value of priority (${spec.priority}) must not be provided in pod spec; priority admission controller computed ${computed} from the given PriorityClass name`,
      );
    }
    spec.priority = computed;
    spec.preemptionPolicy ??= 'PreemptLowerPriority';
  },
});

function computedPriority(request: AdmissionRequest, className: string | undefined): number {
  if (!className) return 0;
  const value = Object.hasOwn(CLASSES, className) ? CLASSES[className] : undefined;
  if (value === undefined) throw forbiddenBy(request, `no PriorityClass with name ${className} was found`);
  return value;
}

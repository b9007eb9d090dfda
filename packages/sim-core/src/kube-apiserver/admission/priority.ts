import { type Pod, pods } from '../../api/core-v1/pod.ts';
import { type PriorityClass, priorityClasses } from '../../api/scheduling-v1/priority-class.ts';
import { groupResource } from '../../apimachinery/kind.ts';
import type { Store } from '../../etcd/store.ts';
import { type AdmissionPlugin, type AdmissionRequest, forbiddenBy } from './admission.ts';

const COMPUTED = 'must not be provided in pod spec; priority admission controller computed';

/** The number behind priorityClassName; the default class or 0 without one (plugin/pkg/admission/priority/admission.go). */
export const priority: AdmissionPlugin = Object.freeze({
  name: 'Priority',
  admit(request: AdmissionRequest): void {
    if (request.operation !== 'CREATE' || request.kind !== pods) return;
    const { spec } = request.object as Pod;
    const found = spec.priorityClassName ? classOf(request, spec.priorityClassName) : defaultClass(request.store);
    if (found !== undefined && !spec.priorityClassName) spec.priorityClassName = found.metadata.name;
    const value = found?.value ?? 0;
    if (spec.priority !== undefined && spec.priority !== value) {
      const message = `the integer value of priority (${spec.priority}) ${COMPUTED} ${value} from the given PriorityClass name`;
      throw forbiddenBy(request, message);
    }
    spec.priority = value;
    setPreemptionPolicy(request, spec, found?.preemptionPolicy ?? 'PreemptLowerPriority');
  },
  validate(request: AdmissionRequest): void {
    if (request.operation === 'DELETE' || request.kind !== priorityClasses) return;
    const { metadata, globalDefault } = request.object as PriorityClass;
    const other = globalDefault === true ? defaultClass(request.store) : undefined;
    if (other === undefined || other.metadata.name === metadata.name) return;
    const message = `PriorityClass ${other.metadata.name} is already marked as default. Only one default can exist`;
    throw forbiddenBy(request, message);
  },
});

function setPreemptionPolicy(request: AdmissionRequest, spec: Pod['spec'], policy: string): void {
  const own = spec.preemptionPolicy;
  if (own !== undefined && own !== policy) {
    const message = `the string value of PreemptionPolicy (${own}) ${COMPUTED} ${policy} from the given PriorityClass name`;
    throw forbiddenBy(request, message);
  }
  spec.preemptionPolicy = policy;
}

function classOf(request: AdmissionRequest, name: string): PriorityClass {
  const found = request.store.get(groupResource(priorityClasses), '', name);
  if (found === undefined) throw forbiddenBy(request, `no PriorityClass with name ${name} was found`);
  return found as PriorityClass;
}

/** Of several defaults, which only old clusters have, the lowest (getDefaultPriorityClass). */
function defaultClass(store: Store): PriorityClass | undefined {
  let lowest: PriorityClass | undefined;
  for (const each of store.list(groupResource(priorityClasses)) as PriorityClass[]) {
    if (each.globalDefault === true && (lowest === undefined || each.value < lowest.value)) lowest = each;
  }
  return lowest;
}

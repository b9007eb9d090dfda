import { isProtected } from '../api/apiextensions-v1/custom-resource-definition/validation.ts';
import type { CustomResourceDefinition } from '../api/apiextensions-v1/custom-resource-definition.ts';
import { type Condition, isConditionTrue } from '../apimachinery/condition.ts';

const APPROVAL = 'api-approved.kubernetes.io';

/** Whether somebody approved a group of Kubernetes' own (apiextensions-apiserver/pkg/controller/apiapproval). */
export function approvalCondition({ metadata, spec }: CustomResourceDefinition): Condition[] {
  if (!isProtected(spec.group)) return [];
  const type = 'KubernetesAPIApprovalPolicyConformant';
  const value = metadata.annotations?.[APPROVAL] ?? '';
  if (value.startsWith('unapproved')) {
    const message = `not approved: "${value}"`;
    return [{ type, status: 'False', reason: 'UnapprovedAnnotation', message }];
  }
  return [{ type, status: 'True', reason: 'ApprovedAnnotation', message: `approved in ${value}` }];
}

/** Once a definition is established it stays so (naming_controller.go, establishing_controller.go). */
export function establishedCondition({ status }: CustomResourceDefinition, names: Condition): Condition {
  const type = 'Established';
  if (isConditionTrue([names], 'NamesAccepted') || isConditionTrue(status?.conditions, type)) {
    const message = 'the initial names have been accepted';
    return { type, status: 'True', reason: 'InitialNamesAccepted', message };
  }
  return { type, status: 'False', reason: 'NotAccepted', message: 'not all names are accepted' };
}

/** apiextensions-apiserver/pkg/controller/finalizer/crd_finalizer.go */
export const DELETION_IN_PROGRESS: Condition = Object.freeze({
  type: 'Terminating',
  status: 'True',
  reason: 'InstanceDeletionInProgress',
  message: 'CustomResource deletion is in progress',
});

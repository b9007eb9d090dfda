import { type Pod, type PodTemplateSpec, pods } from '../api/core-v1/pod.ts';
import { type KubeObject, newControllerRef } from '../apimachinery/object-meta.ts';
import { StatusError } from '../apimachinery/status-error.ts';
import type { Context } from '../controller-runtime/controller.ts';

/** Cause of the Forbidden that a namespace gives while it is being deleted (v1.NamespaceTerminatingCause). */
const NAMESPACE_TERMINATING = 'NamespaceTerminating';

/** Whether a write was refused because its namespace is on its way out: nothing to report, nothing to retry. */
export function isNamespaceTerminating(error: unknown): boolean {
  return (
    error instanceof StatusError &&
    (error.status.details?.causes ?? []).some(({ reason }) => reason === NAMESPACE_TERMINATING)
  );
}

/**
 * Creates a pod that `owner` controls and tells so in an event (pkg/controller/controller_utils.go, RealPodControl).
 * @throws StatusError after the event FailedCreate
 */
export function createPod(template: PodTemplateSpec, owner: KubeObject, context: Context, generateName?: string): Pod {
  try {
    const pod = context.client.create(pods, podFromTemplate(template, owner, generateName));
    context.events.event(owner, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`);
    return pod;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    if (!isNamespaceTerminating(error))
      context.events.event(owner, 'Warning', 'FailedCreate', `Error creating: ${error.message}`);
    throw error;
  }
}

/** Deletes a pod in the name of its owner and tells so in an event. @throws StatusError */
export function deletePod(pod: Pod, owner: KubeObject, context: Context): void {
  context.client.delete(pods, pod.metadata.namespace ?? '', pod.metadata.name);
  context.events.event(owner, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`);
}

/** The pod that `owner` makes of a template, without a name of its own (controller.GetPodFromTemplate). */
export function podFromTemplate({ metadata, spec }: PodTemplateSpec, owner: KubeObject, generateName?: string): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: '',
      namespace: owner.metadata.namespace ?? '',
      generateName: generateName ?? `${owner.metadata.name}-`,
      ...(metadata?.labels && { labels: metadata.labels }),
      ...(metadata?.annotations && { annotations: metadata.annotations }),
      ...(metadata?.finalizers && { finalizers: metadata.finalizers }),
      ownerReferences: [newControllerRef(owner)],
    },
    spec,
  };
}

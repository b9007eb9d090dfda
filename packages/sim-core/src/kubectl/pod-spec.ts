const TEMPLATE: readonly string[] = Object.freeze(['spec', 'template', 'spec']);
const PATHS: Readonly<Record<string, readonly string[]>> = Object.freeze({
  Pod: Object.freeze(['spec']),
  Deployment: TEMPLATE,
  ReplicaSet: TEMPLATE,
  StatefulSet: TEMPLATE,
  DaemonSet: TEMPLATE,
  Job: TEMPLATE,
  ReplicationController: TEMPLATE,
  CronJob: Object.freeze(['spec', 'jobTemplate', 'spec', 'template', 'spec']),
});

/** Where a kind has its PodSpec; undefined where it has none (polymorphichelpers UpdatePodSpecForObject). */
export function podSpecPath(kind: string): readonly string[] | undefined {
  return Object.hasOwn(PATHS, kind) ? PATHS[kind] : undefined;
}

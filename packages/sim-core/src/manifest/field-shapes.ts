/**
 * What may stand under a field, as far as nesting goes. `value`: a scalar; `texts`: a mapping of free keys to texts;
 * `any`: not known here.
 */
export type Shape = 'value' | 'texts' | 'any' | ObjectShape | ListShape;

export interface ObjectShape {
  readonly fields: Readonly<Record<string, Shape>>;
  /** Fields without which the object is refused. */
  readonly required: readonly string[];
}

export interface ListShape {
  readonly items: Shape;
}

export function isObjectShape(shape: Shape | undefined): shape is ObjectShape {
  return typeof shape === 'object' && 'fields' in shape;
}

export function isListShape(shape: Shape | undefined): shape is ListShape {
  return typeof shape === 'object' && 'items' in shape;
}

const object = (fields: Record<string, Shape>, required: readonly string[] = []): ObjectShape =>
  Object.freeze({ fields: Object.freeze(fields), required: Object.freeze(required) });
const list = (items: Shape): ListShape => Object.freeze({ items });
/** `'a b c'` → fields a, b and c, all of one shape. */
const all = (names: string, shape: Shape): Record<string, Shape> =>
  Object.fromEntries(names.split(' ').map((name) => [name, shape]));

const METADATA = object({
  ...all('name generateName namespace uid resourceVersion generation creationTimestamp deletionTimestamp', 'value'),
  ...all('deletionGracePeriodSeconds selfLink', 'value'),
  ...all('labels annotations', 'texts'),
  ...all('ownerReferences managedFields', 'any'),
  finalizers: list('value'),
});

const SELECTOR = object({ matchLabels: 'texts', matchExpressions: list('any') });

const CONTAINER = object(
  {
    ...all('name image imagePullPolicy workingDir restartPolicy stdin stdinOnce tty', 'value'),
    ...all('terminationMessagePath terminationMessagePolicy', 'value'),
    ...all('command args', list('value')),
    ports: list(object(all('name containerPort hostPort hostIP protocol', 'value'), ['containerPort'])),
    env: list(object({ name: 'value', value: 'value', valueFrom: 'any' }, ['name'])),
    envFrom: list('any'),
    resources: object({ limits: 'texts', requests: 'texts', claims: list('any') }),
    volumeMounts: list(
      object(all('name mountPath subPath subPathExpr readOnly mountPropagation recursiveReadOnly', 'value')),
    ),
    ...all('livenessProbe readinessProbe startupProbe lifecycle securityContext', 'any'),
    ...all('volumeDevices resizePolicy restartPolicyRules', 'any'),
  },
  ['name'],
);

const POD_SPEC = object(
  {
    containers: list(CONTAINER),
    initContainers: list(CONTAINER),
    ...all('restartPolicy terminationGracePeriodSeconds activeDeadlineSeconds dnsPolicy serviceAccountName', 'value'),
    ...all('serviceAccount automountServiceAccountToken nodeName hostNetwork hostPID hostIPC hostUsers', 'value'),
    ...all('shareProcessNamespace hostname subdomain schedulerName priorityClassName priority', 'value'),
    ...all('runtimeClassName enableServiceLinks preemptionPolicy setHostnameAsFQDN hostnameOverride', 'value'),
    nodeSelector: 'texts',
    imagePullSecrets: list(object({ name: 'value' })),
    ...all('volumes tolerations affinity securityContext hostAliases dnsConfig readinessGates overhead', 'any'),
    ...all('topologySpreadConstraints os schedulingGates resourceClaims ephemeralContainers', 'any'),
  },
  ['containers'],
);

const POD_TEMPLATE = object({ metadata: METADATA, spec: POD_SPEC }, ['spec']);

const PORT = object(all('name protocol appProtocol port targetPort nodePort', 'value'), ['port']);

const SERVICE_SPEC = object({
  ...all('type clusterIP externalName sessionAffinity externalTrafficPolicy internalTrafficPolicy', 'value'),
  ...all('loadBalancerIP loadBalancerClass healthCheckNodePort publishNotReadyAddresses', 'value'),
  ...all('allocateLoadBalancerNodePorts ipFamilyPolicy trafficDistribution', 'value'),
  ...all('clusterIPs externalIPs ipFamilies loadBalancerSourceRanges', list('value')),
  selector: 'texts',
  ports: list(PORT),
  sessionAffinityConfig: object({ clientIP: object({ timeoutSeconds: 'value' }) }),
});

const BACKEND = object({
  service: object({ name: 'value', port: object({ name: 'value', number: 'value' }) }, ['name', 'port']),
  resource: object(all('apiGroup kind name', 'value')),
});

const INGRESS_SPEC = object(
  {
    ingressClassName: 'value',
    defaultBackend: BACKEND,
    tls: list(object({ hosts: list('value'), secretName: 'value' })),
    rules: list(
      object({
        host: 'value',
        http: object(
          {
            paths: list(object({ path: 'value', pathType: 'value', backend: BACKEND }, ['pathType', 'backend'])),
          },
          ['paths'],
        ),
      }),
    ),
  },
  ['rules'],
);

const JOB_SPEC = object(
  {
    ...all('parallelism completions activeDeadlineSeconds backoffLimit ttlSecondsAfterFinished suspend', 'value'),
    ...all('completionMode manualSelector podReplacementPolicy backoffLimitPerIndex maxFailedIndexes', 'value'),
    ...all('managedBy', 'value'),
    ...all('podFailurePolicy successPolicy', 'any'),
    selector: SELECTOR,
    template: POD_TEMPLATE,
  },
  ['template'],
);

const workload = (fields: Record<string, Shape>): ObjectShape =>
  object({ selector: SELECTOR, template: POD_TEMPLATE, ...fields }, ['selector', 'template']);

const ROLLING = object({ type: 'value', rollingUpdate: object(all('maxSurge maxUnavailable partition', 'value')) });

const kind = (spec?: Shape, fields: Record<string, Shape> = {}): ObjectShape =>
  object(
    {
      ...all('apiVersion kind', 'value'),
      metadata: METADATA,
      status: 'any',
      ...(spec === undefined ? {} : { spec }),
      ...fields,
    },
    spec === undefined ? ['metadata'] : ['metadata', 'spec'],
  );

/**
 * How the fields of the kinds that lessons paste are nested: enough to notice and repair lost indentation, and to know
 * which field must not be left empty. Not a validation schema: that is the API's.
 * Source: `k8s.io/api` `core/v1`, `apps/v1`, `batch/v1`, `networking/v1` `types.go`.
 */
export const KIND_SHAPES: Readonly<Record<string, ObjectShape>> = Object.freeze({
  Namespace: kind(undefined, { spec: 'any' }),
  ServiceAccount: kind(undefined, {
    automountServiceAccountToken: 'value',
    secrets: list('any'),
    imagePullSecrets: list(object({ name: 'value' })),
  }),
  ConfigMap: kind(undefined, { data: 'texts', binaryData: 'texts', immutable: 'value' }),
  Secret: kind(undefined, { data: 'texts', stringData: 'texts', type: 'value', immutable: 'value' }),
  Service: kind(SERVICE_SPEC),
  Ingress: kind(INGRESS_SPEC),
  IngressClass: kind(object({ controller: 'value', parameters: 'any' })),
  Pod: kind(POD_SPEC),
  Deployment: kind(
    workload({
      ...all('replicas minReadySeconds revisionHistoryLimit paused progressDeadlineSeconds', 'value'),
      strategy: ROLLING,
    }),
  ),
  ReplicaSet: kind(workload(all('replicas minReadySeconds', 'value'))),
  DaemonSet: kind(workload({ ...all('minReadySeconds revisionHistoryLimit', 'value'), updateStrategy: ROLLING })),
  StatefulSet: kind(
    workload({
      ...all('replicas serviceName podManagementPolicy revisionHistoryLimit minReadySeconds', 'value'),
      ...all('volumeClaimTemplates persistentVolumeClaimRetentionPolicy ordinals', 'any'),
      updateStrategy: ROLLING,
    }),
  ),
  Job: kind(JOB_SPEC),
  CronJob: kind(
    object(
      {
        ...all('schedule timeZone startingDeadlineSeconds concurrencyPolicy suspend', 'value'),
        ...all('successfulJobsHistoryLimit failedJobsHistoryLimit', 'value'),
        jobTemplate: object({ metadata: METADATA, spec: JOB_SPEC }, ['spec']),
      },
      ['schedule', 'jobTemplate'],
    ),
  ),
});

import type { Container, ContainerPort, EnvVar, LifecycleHandler, Probe } from '../pod.ts';

/** `SetDefaults_Container` and what hangs below it. A read-only container is a stored one and complete. */
export function withContainerDefaults<T extends Container>(container: T): T {
  if (Object.isFrozen(container)) return container;
  const result: T = {
    ...container,
    resources: container.resources ?? {},
    terminationMessagePath: container.terminationMessagePath || '/dev/termination-log',
    terminationMessagePolicy: container.terminationMessagePolicy || 'File',
    imagePullPolicy: container.imagePullPolicy || defaultPullPolicy(container.image ?? ''),
  };
  if (container.ports) result.ports = container.ports.map(withProtocol);
  if (container.env) result.env = container.env.map(withFieldVersion);
  if (container.livenessProbe) result.livenessProbe = withProbeDefaults(container.livenessProbe);
  if (container.readinessProbe) result.readinessProbe = withProbeDefaults(container.readinessProbe);
  if (container.startupProbe) result.startupProbe = withProbeDefaults(container.startupProbe);
  if (container.lifecycle) result.lifecycle = withHookDefaults(container.lifecycle);
  return result;
}

/** `latest`, said or implied, is pulled every time; anything else, and what is no reference at all, only if absent. */
function defaultPullPolicy(image: string): 'Always' | 'IfNotPresent' {
  const [reference = '', digest] = image.split('@');
  if (!isReference(reference)) return 'IfNotPresent';
  const name = reference.slice(reference.lastIndexOf('/') + 1);
  const tag = name.includes(':') ? name.slice(name.indexOf(':') + 1) : digest === undefined ? 'latest' : '';
  return tag === 'latest' ? 'Always' : 'IfNotPresent';
}

/** github.com/distribution/reference: a host may stand before lower-case components; a tag may follow. */
function isReference(text: string): boolean {
  return /^([a-zA-Z0-9.-]+(:\d+)?\/)?[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*(:\w[\w.-]{0,127})?$/.test(
    text,
  );
}

function withProtocol(port: ContainerPort): ContainerPort {
  return port.protocol ? port : { ...port, protocol: 'TCP' };
}

function withFieldVersion(variable: EnvVar): EnvVar {
  const fieldRef = variable.valueFrom?.fieldRef;
  if (fieldRef === undefined || fieldRef.apiVersion) return variable;
  return { ...variable, valueFrom: { ...variable.valueFrom, fieldRef: { ...fieldRef, apiVersion: 'v1' } } };
}

/** `SetDefaults_Probe` */
function withProbeDefaults(probe: Probe): Probe {
  const result = {
    ...probe,
    timeoutSeconds: probe.timeoutSeconds || 1,
    periodSeconds: probe.periodSeconds || 10,
    successThreshold: probe.successThreshold || 1,
    failureThreshold: probe.failureThreshold || 3,
  };
  if (probe.grpc) result.grpc = { ...probe.grpc, service: probe.grpc.service ?? '' };
  return withHttpDefaults(result);
}

function withHookDefaults({
  preStop,
  postStart,
}: NonNullable<Container['lifecycle']>): NonNullable<Container['lifecycle']> {
  return {
    ...(postStart && { postStart: withHttpDefaults(postStart) }),
    ...(preStop && { preStop: withHttpDefaults(preStop) }),
  };
}

/** `SetDefaults_HTTPGetAction` */
function withHttpDefaults<T extends LifecycleHandler | Probe>(handler: T): T {
  const { httpGet } = handler;
  if (httpGet === undefined) return handler;
  return { ...handler, httpGet: { ...httpGet, path: httpGet.path || '/', scheme: httpGet.scheme || 'HTTP' } };
}

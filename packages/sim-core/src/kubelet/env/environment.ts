import { configMaps } from '../../api/core-v1/config-map.ts';
import type { Container, EnvVar, Pod } from '../../api/core-v1/pod.ts';
import { secrets } from '../../api/core-v1/secret.ts';
import type { Client } from '../../client/client.ts';
import { expand } from './expand.ts';
import { fieldValue, type PodPlace, resourceValue } from './field-ref.ts';
import type { ServiceEnv } from './service-env.ts';

/** What keeps a container from being created: the kubelet's words, and the object that is waited for. */
export class ConfigError extends Error {
  /** `configmaps/<namespace>/<name>` or `secrets/…`. */
  readonly missing: string;
  constructor(message: string, missing: string) {
    super(message);
    this.missing = missing;
  }
}

/** What an environment is worked out from. */
export interface EnvironmentSources {
  readonly client: Client;
  readonly serviceEnv: ServiceEnv;
  readonly place: PodPlace;
}

/**
 * The environment of a container (pkg/kubelet/kubelet_pods.go makeEnvironmentVariables): envFrom, then env, each seeing the ones before
 * it; Service variables below them.
 * @throws ConfigError for a ConfigMap, Secret or key that is not there and not optional
 */
export function makeEnvironment(
  pod: Pod,
  container: Container,
  sources: EnvironmentSources,
): Readonly<Record<string, string>> {
  const { namespace = '', name } = pod.metadata;
  const links = sources.serviceEnv.forPod(namespace, pod.spec.enableServiceLinks !== false);
  const env: Record<string, string> = Object.create(links);
  env['HOSTNAME'] = pod.spec.hostname ?? name;
  for (const { prefix = '', configMapRef, secretRef } of container.envFrom ?? []) {
    const data = configMapRef
      ? configData(sources.client, namespace, configMapRef)
      : secretRef
        ? secretData(sources.client, namespace, secretRef)
        : undefined;
    for (const [key, value] of Object.entries(data ?? {})) env[`${prefix}${key}`] = value;
  }
  for (const variable of container.env ?? []) {
    const value = variableValue(variable, pod, container, env, sources);
    if (value !== undefined) env[variable.name] = value;
  }
  return env;
}

/** command and args with `$(NAME)` filled in from the environment. */
export function commandLine({ command = [], args = [] }: Container, env: Readonly<Record<string, string>>): string[] {
  return [...command, ...args].map((word) => expand(word, (name) => env[name]));
}

function variableValue(
  { value, valueFrom }: EnvVar,
  pod: Pod,
  container: Container,
  env: Record<string, string>,
  sources: EnvironmentSources,
): string | undefined {
  const { client, place } = sources;
  const { namespace = '' } = pod.metadata;
  if (valueFrom === undefined) return expand(value ?? '', (name) => env[name]);
  if (valueFrom.fieldRef) return fieldValue(pod, valueFrom.fieldRef.fieldPath, place);
  if (valueFrom.resourceFieldRef) return resourceOf(pod, container, valueFrom.resourceFieldRef, place);
  if (valueFrom.configMapKeyRef)
    return keyOf(
      configData(client, namespace, valueFrom.configMapKeyRef),
      valueFrom.configMapKeyRef,
      'ConfigMap',
      namespace,
    );
  if (valueFrom.secretKeyRef)
    return keyOf(secretData(client, namespace, valueFrom.secretKeyRef), valueFrom.secretKeyRef, 'Secret', namespace);
  return undefined;
}

function resourceOf(
  pod: Pod,
  container: Container,
  ref: { resource: string; containerName?: string; divisor?: string | number },
  place: PodPlace,
): string | undefined {
  const meant = pod.spec.containers.find(({ name }) => name === ref.containerName) ?? container;
  return resourceValue(meant, ref.resource, ref.divisor, place);
}

function keyOf(
  data: Readonly<Record<string, string>> | undefined,
  ref: { name?: string; key: string; optional?: boolean },
  kind: 'ConfigMap' | 'Secret',
  namespace: string,
): string | undefined {
  const value = data !== undefined && Object.hasOwn(data, ref.key) ? data[ref.key] : undefined;
  if (value !== undefined || ref.optional === true) return value;
  throw new ConfigError(
    `couldn't find key ${ref.key} in ${kind} ${namespace}/${ref.name}`,
    `${kind.toLowerCase()}s/${namespace}/${ref.name}`,
  );
}

function configData(
  client: Client,
  namespace: string,
  { name = '', optional }: { name?: string; optional?: boolean },
): Record<string, string> | undefined {
  const configMap = client.get(configMaps, namespace, name);
  if (configMap === undefined && optional !== true)
    throw new ConfigError(`configmap "${name}" not found`, `configmaps/${namespace}/${name}`);
  return configMap?.data ?? (configMap && {});
}

function secretData(
  client: Client,
  namespace: string,
  { name = '', optional }: { name?: string; optional?: boolean },
): Record<string, string> | undefined {
  const secret = client.get(secrets, namespace, name);
  if (secret === undefined && optional !== true)
    throw new ConfigError(`secret "${name}" not found`, `secrets/${namespace}/${name}`);
  return (
    secret && Object.fromEntries(Object.entries(secret.data ?? {}).map(([key, value]) => [key, decodeBase64(value)]))
  );
}

/** Text of base64-encoded UTF-8. */
export function decodeBase64(encoded: string): string {
  const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}

import { configMaps } from '../api/core-v1/config-map.ts';
import type { Container, Pod, Volume } from '../api/core-v1/pod.ts';
import { secrets } from '../api/core-v1/secret.ts';
import { resolvePath } from '../workloads/files/path.ts';
import type { Mount } from '../workloads/files/volume-files.ts';
import { decodeBase64 } from './env/environment.ts';
import { fieldValue, resourceValue } from './env/field-ref.ts';
import type { PodRuntime } from './pod-runtime.ts';
import { authorityOf, serviceAccountFiles, TOKEN_PATH, tokenOf } from './service-account-files.ts';

/** Where a file of a volume comes from: as ConfigMaps, Secrets and projected volumes say it. */
interface FileSource {
  readonly name?: string;
  readonly secretName?: string;
  readonly items?: readonly { readonly key: string; readonly path: string }[];
}

interface DownwardItem {
  readonly path: string;
  readonly fieldRef?: { readonly fieldPath: string };
  readonly resourceFieldRef?: {
    readonly resource: string;
    readonly containerName?: string;
    readonly divisor?: string | number;
  };
}

/** One source of a projected volume; a volume with one source has the same members. */
interface Sources {
  readonly configMap?: FileSource;
  readonly secret?: FileSource;
  readonly downwardAPI?: { readonly items?: readonly DownwardItem[] };
  readonly serviceAccountToken?: { readonly path: string };
  readonly projected?: { readonly sources?: readonly Sources[] };
}

/** The volumes of a container at the places where it mounts them (pkg/kubelet/kubelet_pods.go makeMounts). */
export function mountsOf(container: Container, runtime: PodRuntime): Mount[] {
  const mounts = (container.volumeMounts ?? []).flatMap((mount) => {
    const volume = runtime.pod.spec.volumes?.find(({ name }) => name === mount.name);
    return volume === undefined ? [] : [mountOf(mount, volume, runtime)];
  });
  if (!mounts.some(({ path }) => path === TOKEN_PATH) && hasToken(runtime.pod)) mounts.push(tokenMount(runtime));
  return mounts;
}

function mountOf(
  { mountPath, subPath = '', readOnly = false }: NonNullable<Container['volumeMounts']>[number],
  volume: Volume,
  runtime: PodRuntime,
): Mount {
  const sources = volume as Sources;
  const place = { path: resolvePath('/', mountPath), subPath: resolvePath('/', subPath) };
  const isGenerated = sources.configMap || sources.secret || sources.projected || sources.downwardAPI;
  if (isGenerated) {
    const source = sources.configMap ? '/dev/root' : 'tmpfs';
    return { ...place, readOnly: true, source, generated: () => filesOf(sources, runtime) };
  }
  return { ...place, readOnly, source: '/dev/root', written: runtime.volume(volume.name) };
}

function hasToken({ spec }: Pod): boolean {
  return spec.automountServiceAccountToken !== false;
}

function tokenMount(runtime: PodRuntime): Mount {
  return {
    path: TOKEN_PATH,
    subPath: '/',
    readOnly: true,
    source: 'tmpfs',
    generated: () => serviceAccountFiles(runtime),
  };
}

function filesOf(sources: Sources, runtime: PodRuntime): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const source of [sources, ...(sources.projected?.sources ?? [])]) addFiles(files, source, runtime);
  return files;
}

function addFiles(files: Map<string, string>, source: Sources, runtime: PodRuntime): void {
  const { client } = runtime.services;
  const { namespace = '' } = runtime.pod.metadata;
  if (source.configMap) {
    const found = client.get(configMaps, namespace, source.configMap.name ?? '');
    addKeys(files, source.configMap, { ...decoded(found?.binaryData), ...(found?.data ?? {}) });
  }
  if (source.secret) {
    const found = client.get(secrets, namespace, source.secret.secretName ?? source.secret.name ?? '');
    addKeys(files, source.secret, decoded(found?.data));
  }
  for (const item of source.downwardAPI?.items ?? []) files.set(resolvePath('/', item.path), downward(item, runtime));
  if (source.serviceAccountToken) files.set(resolvePath('/', source.serviceAccountToken.path), tokenOf(runtime));
  if (source.configMap?.name === 'kube-root-ca.crt' && !files.has('/ca.crt'))
    files.set('/ca.crt', authorityOf(runtime));
}

function addKeys(files: Map<string, string>, { items }: FileSource, data: Readonly<Record<string, string>>): void {
  const wanted = items ?? Object.keys(data).map((key) => ({ key, path: key }));
  for (const { key, path } of wanted)
    if (Object.hasOwn(data, key)) files.set(resolvePath('/', path), data[key] as string);
}

function decoded(data: Readonly<Record<string, string>> | null | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(data ?? {}).map(([key, value]) => [key, decodeBase64(value)]));
}

function downward({ fieldRef, resourceFieldRef }: DownwardItem, runtime: PodRuntime): string {
  const { pod } = runtime;
  if (resourceFieldRef) {
    const { resource, containerName, divisor } = resourceFieldRef;
    const container = pod.spec.containers.find(({ name }) => name === containerName) ?? pod.spec.containers[0];
    return container === undefined ? '' : (resourceValue(container, resource, divisor, runtime) ?? '');
  }
  const path = fieldRef?.fieldPath ?? '';
  if (path !== 'metadata.labels' && path !== 'metadata.annotations') return fieldValue(pod, path, runtime) ?? '';
  const map = path === 'metadata.labels' ? pod.metadata.labels : pod.metadata.annotations;
  return Object.keys(map ?? {})
    .sort()
    .map((key) => `${key}=${JSON.stringify(map?.[key])}`)
    .join('\n');
}

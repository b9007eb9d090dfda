import { configMaps } from '../api/core-v1/config-map.ts';
import type { Pod, Volume } from '../api/core-v1/pod.ts';
import { secrets } from '../api/core-v1/secret.ts';
import type { Client } from '../client/client.ts';

/** A volume that cannot be mounted, in the kubelet's words. */
export interface MountFailure {
  readonly message: string;
  /** The object that is waited for, `configmaps/<namespace>/<name>` or `secrets/…`. */
  readonly missing: string;
}

/** A ConfigMap or Secret that a volume takes its files from. */
interface Source {
  readonly resource: 'configmaps' | 'secrets';
  readonly name: string;
  readonly keys: readonly string[];
  readonly optional: boolean;
}

interface FileSource {
  name?: string;
  secretName?: string;
  optional?: boolean;
  items?: { key: string }[];
}

/** In every namespace, put there by the root CA publisher of kube-controller-manager, which is not simulated. */
const ROOT_CA = 'kube-root-ca.crt';

/** Volumes of the pod whose ConfigMap, Secret or key is missing (pkg/volume/{configmap,secret,projected}). */
export function mountFailures(pod: Pod, client: Client): MountFailure[] {
  const { namespace = '' } = pod.metadata;
  return (pod.spec.volumes ?? []).flatMap((volume) => {
    for (const source of sourcesOf(volume)) {
      const problem = source.optional ? undefined : problemOf(source, namespace, client);
      if (problem === undefined) continue;
      const message = `MountVolume.SetUp failed for volume "${volume.name}" : ${problem}`;
      return [{ message, missing: `${source.resource}/${namespace}/${source.name}` }];
    }
    return [];
  });
}

function sourcesOf({ configMap, secret, projected }: Volume): Source[] {
  const projections =
    (projected as { sources?: { configMap?: FileSource; secret?: FileSource }[] } | undefined)?.sources ?? [];
  return [{ configMap, secret } as { configMap?: FileSource; secret?: FileSource }, ...projections].flatMap((each) => [
    ...(each.configMap ? [source('configmaps', each.configMap)] : []),
    ...(each.secret ? [source('secrets', each.secret)] : []),
  ]);
}

function source(resource: Source['resource'], { name, secretName, optional, items = [] }: FileSource): Source {
  const meant = secretName ?? name ?? '';
  return { resource, name: meant, keys: items.map(({ key }) => key), optional: optional === true || meant === ROOT_CA };
}

function problemOf({ resource, name, keys }: Source, namespace: string, client: Client): string | undefined {
  const isConfigMap = resource === 'configmaps';
  const object = isConfigMap ? client.get(configMaps, namespace, name) : client.get(secrets, namespace, name);
  if (object === undefined) return `${isConfigMap ? 'configmap' : 'secret'} "${name}" not found`;
  const held = { ...object.data, ...('binaryData' in object ? object.binaryData : {}) };
  const missing = keys.find((key) => !Object.hasOwn(held, key));
  if (missing === undefined) return undefined;
  return isConfigMap
    ? `configmap references non-existent config key: ${missing}`
    : `references non-existent secret key: ${missing}`;
}

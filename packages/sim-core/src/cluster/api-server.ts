import { PROTOBUF_FIELDS } from '../api/protobuf-fields/index.ts';
import { createProtobufDecoder, PROTOBUF_MEDIA_TYPE } from '../apimachinery/protobuf/decode-protobuf.ts';
import { ApiServer } from '../kube-apiserver/api-server.ts';
import { createAccess } from '../kube-apiserver/authorization/access.ts';
import { bootstrapPolicy } from '../kube-apiserver/authorization/bootstrap-policy/bootstrap-policy.ts';
import type { ComputedKind } from '../kube-apiserver/computed.ts';
import { type BodyReaders, readJson } from '../kube-apiserver/decode-body.ts';
import { ObjectJson } from '../kube-apiserver/http/object-json.ts';
import type { KubeletConnection } from '../kube-apiserver/kubelet-connection.ts';
import { Collections } from '../kube-apiserver/list/collections.ts';
import { createOpenApi } from '../kube-apiserver/openapi/openapi.ts';
import type { Authorship } from '../kube-apiserver/server-parts.ts';
import { VERSION_INFO } from '../kube-apiserver/version-info.ts';
import { WatchHistory } from '../kube-apiserver/watch/watch-history.ts';
import { encodeManifests } from '../manifest/encode-manifests.ts';
import { readYaml } from '../manifest/read-yaml.ts';
import type { Network } from '../network/network.ts';
import type { Clock } from '../sim/clock.ts';
import type { Random } from '../sim/random.ts';
import type { ControlPlane } from './control-plane.ts';
import type { ManifestLedger } from './manifest-ledger.ts';
import { API_SERVER_IP } from './nodes.ts';
import { createProxyTransport } from './proxy-transport.ts';

/** What the API server of a cluster needs beyond the control plane. */
export interface ApiServerSetup {
  readonly controlPlane: ControlPlane;
  readonly clock: Clock;
  readonly random: Random;
  readonly kubelet: KubeletConnection;
  readonly network: Network;
  /** Remembers what people make by hand. */
  readonly manifests: ManifestLedger;
  /** What is answered without being stored. */
  readonly computed?: readonly ComputedKind[];
  /** The administrator's token; '' (plain http): who brings none is the administrator. */
  readonly adminToken: string;
  settle(): void;
  onError(error: unknown): void;
}

/** The Kubernetes API over a cluster, as clients from outside reach it. */
export function createApiServer(setup: ApiServerSetup): ApiServer {
  const { controlPlane, clock, kubelet, adminToken, settle, onError } = setup;
  const { store, registry, managedFields, codec, authorizer, tokens } = controlPlane;
  bootstrapPolicy({ registry, store });
  settle();
  return new ApiServer({
    store,
    registry,
    managedFields,
    codec: { ...codec, readers: bodyReaders(codec.schema) },
    clock,
    collections: new Collections(store, setup.computed),
    history: new WatchHistory(store),
    json: new ObjectJson(managedFields),
    toYaml: (value) => encodeManifests([value]),
    kubelet,
    proxy: createProxyTransport(setup),
    chance: setup.random.fork('proxied-services'),
    access: createAccess({ authorizer, tokens, adminToken }),
    authorship: authorshipIn(setup.manifests),
    settle,
    address: `${API_SERVER_IP}:6443`,
    openApi: createOpenApi({
      scheme: codec.scheme,
      schema: codec.schema,
      gitVersion: VERSION_INFO.gitVersion,
      customSchemas: ({ structural }) => structural?.json as Readonly<Record<string, unknown>> | undefined,
    }),
    onError,
  });
}

/** What components of the cluster make belongs to nobody. */
function authorshipIn(manifests: ManifestLedger): Authorship {
  return {
    created: (object, user) => {
      if (!user.name.startsWith('system:') && object.kind !== 'Event') manifests.wasMade(object);
    },
    deleted: ({ kind, metadata }) =>
      manifests.forget({ kind, namespace: metadata.namespace ?? '', name: metadata.name }),
  };
}

function bodyReaders(schema: ControlPlane['codec']['schema']): BodyReaders {
  const decodeProtobuf = createProtobufDecoder(schema, PROTOBUF_FIELDS);
  const text = new TextDecoder();
  return {
    'application/json': readJson,
    'application/yaml': (body) => {
      const { value, duplicates } = readYaml(text.decode(body));
      const errors =
        duplicates.length === 0 ? [] : [`yaml: unmarshal errors:\n${duplicates.map((each) => `  ${each}`).join('\n')}`];
      return { value, strictErrors: errors };
    },
    [PROTOBUF_MEDIA_TYPE]: (body) => ({ value: decodeProtobuf(body).object, strictErrors: [] }),
  };
}

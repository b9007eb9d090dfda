import type { KubeObject } from '../apimachinery/object-meta.ts';
import type { Store } from '../etcd/store.ts';
import type { Clock } from '../sim/clock.ts';
import type { RandomStream } from '../sim/random.ts';
import type { UserInfo } from './authentication/user-info.ts';
import type { Access } from './authorization/access.ts';
import type { Codec } from './decode.ts';
import type { BodyReaders } from './decode-body.ts';
import type { ObjectJson } from './http/object-json.ts';
import type { KubeletConnection } from './kubelet-connection.ts';
import type { Collections } from './list/collections.ts';
import type { ManagedFields } from './managed-fields/managed-fields.ts';
import type { ProxyTransport } from './proxy-transport.ts';
import type { Registry } from './registry.ts';
import type { WatchHistory } from './watch/watch-history.ts';

/** How YAML is written; reading it is one of the readers of bodies. */
export type YamlWriter = (value: unknown) => string;

/** Who wants to know what clients make and take away: objects that stand in no file are their makers' to keep. */
export interface Authorship {
  created(object: KubeObject, user: UserInfo): void;
  deleted(object: KubeObject): void;
}

/** What every handler of the API server works with. */
export interface ServerParts {
  readonly store: Store;
  readonly registry: Registry;
  readonly managedFields: ManagedFields;
  readonly codec: Codec & { readonly readers: BodyReaders };
  readonly clock: Clock;
  readonly access: Access;
  readonly collections: Collections;
  readonly history: WatchHistory;
  readonly json: ObjectJson;
  readonly toYaml: YamlWriter;
  readonly kubelet: KubeletConnection;
  /** How requests for pods and Services are sent on. */
  readonly proxy: ProxyTransport;
  /** Chooses among the endpoints of a Service. */
  readonly chance: RandomStream;
  readonly authorship: Authorship;
}

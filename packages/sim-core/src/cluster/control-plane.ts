import { KINDS } from '../api/kinds.ts';
import { SCHEMA_JSON } from '../api/schema.generated.ts';
import { createSchema } from '../apimachinery/schema/schema.ts';
import { Scheme } from '../apimachinery/scheme.ts';
import { Client } from '../client/client.ts';
import { Manager } from '../controller-runtime/manager.ts';
import { Store } from '../etcd/store.ts';
import { createAdmission } from '../kube-apiserver/admission/plugins.ts';
import type { WebhookTransport } from '../kube-apiserver/admission/webhook/transport.ts';
import { Applier } from '../kube-apiserver/apply.ts';
import { ServiceAccountTokens } from '../kube-apiserver/authentication/service-account-token.ts';
import { Authorizer } from '../kube-apiserver/authorization/authorizer.ts';
import { bootstrap } from '../kube-apiserver/bootstrap.ts';
import type { Codec } from '../kube-apiserver/decode.ts';
import { ManagedFields } from '../kube-apiserver/managed-fields/managed-fields.ts';
import { Registry } from '../kube-apiserver/registry.ts';
import { ClusterServiceAllocator } from '../kube-apiserver/service-allocator/service-allocator.ts';
import { nearest } from '../manifest/nearest.ts';
import type { Clock } from '../sim/clock.ts';
import type { Random } from '../sim/random.ts';
import { createDefaultStorageClass } from './default-storage-class.ts';
import { API_SERVER_IP, registerNodes } from './nodes.ts';
import { scenarios } from './scenario-kind.ts';

/** Store, API server and the manager that runs controllers. */
export interface ControlPlane {
  readonly store: Store;
  readonly registry: Registry;
  readonly managedFields: ManagedFields;
  readonly scheme: Scheme;
  readonly codec: Codec;
  readonly manager: Manager;
  /** Who may do what. */
  readonly authorizer: Authorizer;
  /** Tokens of service accounts. */
  readonly tokens: ServiceAccountTokens;
  /** `kubectl apply`, one document at a time. */
  readonly applier: Applier;
  /** Reads and writes as the kubeconfig's user. */
  readonly client: Client;
  clientFor(user: string): Client;
}

export interface ControlPlaneParts {
  clock: Clock;
  random: Random;
  serviceCidr: string;
  nodes: number;
  /** What the tokens of service accounts are signed with; '' where nobody can misuse them. */
  signingSecret: string;
  /** The way to admission webhooks. */
  webhooks: WebhookTransport;
  /** Lets the cluster react to what happened outside of it. */
  settle(): void;
  onFailure(controller: string, key: string, error: unknown): void;
}

/** Builds the control plane: an API server with its bootstrap objects and the registered nodes. */
export function createControlPlane(parts: ControlPlaneParts): ControlPlane {
  const { clock, random, serviceCidr, nodes, signingSecret, webhooks: transport, settle, onFailure } = parts;
  const store = new Store();
  const authorizer = new Authorizer(store);
  const services = new ClusterServiceAllocator({ store, random, serviceCidr });
  const schema = createSchema(() => SCHEMA_JSON);
  const managedFields = new ManagedFields({ schema, clock });
  const scheme = new Scheme([...KINDS, scenarios]);
  const webhooks = { store, random, scheme, schema, transport };
  const admission = createAdmission({ random, authorizer, webhooks });
  const registry = new Registry({ store, clock, random, admission, services, managedFields });
  const clientFor = (user: string) => new Client(store, registry, user);
  const manager = new Manager({ store, clock, clientFor, settle, onFailure });
  bootstrap(registry, { serviceCidr, apiServerIP: API_SERVER_IP });
  registerNodes(clientFor('system:nodes'), nodes, clock.now());
  createDefaultStorageClass(clientFor('kubernetes-admin'));
  const codec: Codec = { scheme, schema, nearest };
  const applier = new Applier({ registry, store, codec });
  const tokens = new ServiceAccountTokens({ store, clock, random, secret: signingSecret });
  return {
    store,
    registry,
    managedFields,
    scheme,
    codec,
    manager,
    authorizer,
    tokens,
    applier,
    client: clientFor('kubernetes-admin'),
    clientFor,
  };
}

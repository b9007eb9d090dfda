import { KINDS } from '../api/kinds.ts';
import { SCHEMA_JSON } from '../api/schema.generated.ts';
import { createSchema } from '../apimachinery/schema/schema.ts';
import { Scheme } from '../apimachinery/scheme.ts';
import { Store } from '../etcd/store.ts';
import { Random } from '../sim/random.ts';
import { VirtualClock } from '../sim/virtual-clock.ts';
import { createAdmission } from './admission/plugins.ts';
import type { WebhookTransport } from './admission/webhook/transport.ts';
import { Applier } from './apply.ts';
import { Authorizer } from './authorization/authorizer.ts';
import { bootstrap } from './bootstrap.ts';
import { ManagedFields } from './managed-fields/managed-fields.ts';
import { Registry } from './registry.ts';
import { ClusterServiceAllocator } from './service-allocator/service-allocator.ts';

/** What a test server may be told. */
export interface TestServerOptions {
  readonly serviceCidr?: string;
  readonly seed?: number;
  /** The way to admission webhooks; absent: there are none. */
  readonly webhooks?: WebhookTransport;
}

/** An API server with its store and nothing else, for the tests of this room. */
export function createTestServer(options: TestServerOptions = {}) {
  const { serviceCidr = '10.96.0.0/16', seed = 1, webhooks: transport } = options;
  const store = new Store();
  const clock = new VirtualClock();
  const random = new Random(seed);
  const schema = createSchema(() => SCHEMA_JSON);
  const managedFields = new ManagedFields({ schema, clock });
  const scheme = new Scheme(KINDS);
  const webhooks = transport && { store, random, scheme, schema, transport };
  const authorizer = new Authorizer(store);
  const registry = new Registry({
    managedFields,
    store,
    clock,
    random,
    admission: createAdmission({ random, authorizer, ...(webhooks && { webhooks }) }),
    services: new ClusterServiceAllocator({ store, random, serviceCidr }),
  });
  bootstrap(registry, { serviceCidr, apiServerIP: '172.18.0.2' });
  const codec = { schema, scheme };
  return { store, clock, random, registry, managedFields, codec, applier: new Applier({ registry, store, codec }) };
}

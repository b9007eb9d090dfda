import { KINDS } from '../api/kinds.ts';
import { SCHEMA_JSON } from '../api/schema.generated.ts';
import { createSchema } from '../apimachinery/schema/schema.ts';
import { Scheme } from '../apimachinery/scheme.ts';
import { Store } from '../etcd/store.ts';
import { Random } from '../sim/random.ts';
import { VirtualClock } from '../sim/virtual-clock.ts';
import { createAdmission } from './admission/plugins.ts';
import { Applier } from './apply.ts';
import { Authorizer } from './authorization/authorizer.ts';
import { bootstrap } from './bootstrap.ts';
import { ManagedFields } from './managed-fields/managed-fields.ts';
import { Registry } from './registry.ts';
import { ClusterServiceAllocator } from './service-allocator/service-allocator.ts';

/** An API server with its store and nothing else, for the tests of this room. */
export function createTestServer({ serviceCidr = '10.96.0.0/16', seed = 1 } = {}) {
  const store = new Store();
  const clock = new VirtualClock();
  const random = new Random(seed);
  const schema = createSchema(() => SCHEMA_JSON);
  const managedFields = new ManagedFields({ schema, clock });
  const registry = new Registry({
    managedFields,
    store,
    clock,
    random,
    admission: createAdmission({ random, authorizer: new Authorizer(store) }),
    services: new ClusterServiceAllocator({ store, random, serviceCidr }),
  });
  bootstrap(registry, { serviceCidr, apiServerIP: '172.18.0.2' });
  const codec = { schema, scheme: new Scheme(KINDS) };
  return { store, clock, random, registry, managedFields, codec, applier: new Applier({ registry, store, codec }) };
}

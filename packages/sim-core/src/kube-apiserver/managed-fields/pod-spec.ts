type Json = Readonly<Record<string, unknown>>;

/** What the scheduler and admission put into a pod's spec. */
const UNOWNED: readonly string[] = Object.freeze(['nodeName', 'priority', 'preemptionPolicy']);
const TOKEN_VOLUME = /^kube-api-access-/;
const NODE_CONDITION = /^node\.kubernetes\.io\/(not-ready|unreachable)$/;

/** The spec of a pod without what nobody owns: what the scheduler decided and admission plugins added. */
export function ownedOfSpec(spec: Json): Json {
  const members = Object.entries(spec).map(([name, value]): [string, unknown] => [name, ownedOf(name, value)]);
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}

function ownedOf(name: string, value: unknown): unknown {
  if (UNOWNED.includes(name)) return undefined;
  switch (name) {
    case 'serviceAccount':
    case 'serviceAccountName':
      return value === 'default' ? undefined : value;
    case 'tolerations':
      return without(value, 'key', NODE_CONDITION);
    case 'volumes':
      return without(value, 'name', TOKEN_VOLUME);
    case 'containers':
    case 'initContainers':
      return (value as readonly Json[]).map(ownedOfContainer);
    default:
      return value;
  }
}

function ownedOfContainer({ volumeMounts, ...container }: Json): Json {
  const mounts = without(volumeMounts, 'name', TOKEN_VOLUME);
  return mounts === undefined ? container : { ...container, volumeMounts: mounts };
}

/** A list without the items whose `key` matches; undefined when nothing is left. */
function without(list: unknown, key: string, pattern: RegExp): readonly Json[] | undefined {
  if (!Array.isArray(list)) return undefined;
  const kept = list.filter((item: Json) => !pattern.test(String(item[key])));
  return kept.length > 0 ? kept : undefined;
}

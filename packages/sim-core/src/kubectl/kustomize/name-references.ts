import type { JsonObject } from '../json.ts';
import { isObject, text } from '../json.ts';

/** Which kind a name below a field belongs to (kustomize api/internal/konfig/builtinpluginconsts/namereference.go). */
const BY_FIELD: Readonly<Record<string, readonly [key: string, kind: string]>> = Object.freeze({
  configMap: ['name', 'ConfigMap'],
  configMapRef: ['name', 'ConfigMap'],
  configMapKeyRef: ['name', 'ConfigMap'],
  secret: ['secretName', 'Secret'],
  secretRef: ['name', 'Secret'],
  secretKeyRef: ['name', 'Secret'],
  imagePullSecrets: ['name', 'Secret'],
  tls: ['secretName', 'Secret'],
  service: ['name', 'Service'],
  persistentVolumeClaim: ['claimName', 'PersistentVolumeClaim'],
});
/** Fields whose text is a name. */
const BY_NAME: Readonly<Record<string, string>> = Object.freeze({
  serviceName: 'Service',
  serviceAccountName: 'ServiceAccount',
  ingressClassName: 'IngressClass',
  priorityClassName: 'PriorityClass',
});
/** Fields whose object says its kind itself. */
const SELF_DESCRIBED: ReadonlySet<string> = new Set(['roleRef', 'scaleTargetRef', 'subjects']);

/** Objects with every name of another one as it is now. `before` and `after` are the same objects in the same order. */
export function renameReferences(
  before: readonly JsonObject[],
  after: readonly JsonObject[],
  namespace: string,
): JsonObject[] {
  const names = new Map<string, string>();
  before.forEach((old, i) => {
    const key = `${text(old, 'kind')}/${text(old, 'metadata', 'name')}`;
    names.set(key, text(after[i], 'metadata', 'name'));
  });
  const isSame = [...names].every(([key, name]) => key.endsWith(`/${name}`));
  return isSame ? [...after] : after.map((each) => renamed(each, names, namespace) as JsonObject);
}

function renamed(value: unknown, names: ReadonlyMap<string, string>, namespace: string): unknown {
  if (Array.isArray(value)) return value.map((each) => renamed(each, names, namespace));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      if (key === 'metadata') return [key, each];
      const kind = BY_NAME[key];
      if (kind !== undefined && typeof each === 'string') return [key, names.get(`${kind}/${each}`) ?? each];
      return [key, renamed(named(key, each, names, namespace), names, namespace)];
    }),
  );
}

function named(key: string, value: unknown, names: ReadonlyMap<string, string>, namespace: string): unknown {
  if (Array.isArray(value)) return value.map((each) => named(key, each, names, namespace));
  if (!isObject(value)) return value;
  if (SELF_DESCRIBED.has(key)) {
    const found = names.get(`${text(value, 'kind')}/${text(value, 'name')}`);
    if (found === undefined) return value;
    const place = key === 'subjects' && namespace !== '' ? { namespace } : {};
    return { ...value, name: found, ...place };
  }
  const [field, kind] = BY_FIELD[key] ?? [];
  // A projected Secret has its name in `name`.
  const used = key === 'secret' && !Object.hasOwn(value, 'secretName') ? 'name' : field;
  if (used === undefined || typeof value[used] !== 'string') return value;
  return { ...value, [used]: names.get(`${kind}/${value[used]}`) ?? value[used] };
}

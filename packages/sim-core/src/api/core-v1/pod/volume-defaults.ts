import type { Volume } from '../pod.ts';

type Source = Record<string, unknown>;

const FILE_MODE = 0o644;
const TOKEN_LIFETIME = 3600;

/** The defaults of each kind of volume (`SetDefaults_Volume`, `SetDefaults_ConfigMapVolumeSource` …). */
const SOURCE_DEFAULTS: Readonly<Record<string, (source: Source) => Source>> = Object.freeze({
  configMap: withMode,
  secret: withMode,
  downwardAPI: (source) => withMode(withFieldVersions(source)),
  projected: (source) =>
    withMode({ ...source, ...(Array.isArray(source.sources) && { sources: source.sources.map(projection) }) }),
  hostPath: (source) => ({ ...source, type: source.type ?? '' }),
  ephemeral: withClaimDefaults,
});

/** A volume without a source is an empty directory. A read-only volume is a stored one and complete. */
export function withVolumeDefaults(volume: Volume): Volume {
  if (Object.isFrozen(volume)) return volume;
  const sources = Object.keys(volume).filter((key) => key !== 'name' && volume[key] != null);
  if (sources.length === 0) return { ...volume, emptyDir: {} };
  const completed = sources.map((key) => [key, (SOURCE_DEFAULTS[key] ?? same)(volume[key] as Source)]);
  return { ...volume, ...Object.fromEntries(completed) };
}

function same(source: Source): Source {
  return source;
}

function withMode(source: Source): Source {
  return { ...source, defaultMode: source.defaultMode ?? FILE_MODE };
}

function withFieldVersions(source: Source): Source {
  if (!Array.isArray(source.items)) return source;
  return { ...source, items: source.items.map(withFieldVersion) };
}

function withFieldVersion(item: Source): Source {
  const fieldRef = item.fieldRef as Source | undefined;
  return fieldRef ? { ...item, fieldRef: { ...fieldRef, apiVersion: fieldRef.apiVersion || 'v1' } } : item;
}

function projection(part: Source): Source {
  const { serviceAccountToken: token, downwardAPI } = part as Record<string, Source | undefined>;
  return {
    ...part,
    ...(token && { serviceAccountToken: { ...token, expirationSeconds: token.expirationSeconds ?? TOKEN_LIFETIME } }),
    ...(downwardAPI && { downwardAPI: withFieldVersions(downwardAPI) }),
  };
}

function withClaimDefaults(source: Source): Source {
  const template = source.volumeClaimTemplate as { metadata?: Source; spec?: Source } | undefined;
  if (!template) return source;
  const spec = { ...template.spec, volumeMode: template.spec?.volumeMode ?? 'Filesystem' };
  return {
    ...source,
    volumeClaimTemplate: { ...template, metadata: { creationTimestamp: null, ...template.metadata }, spec },
  };
}

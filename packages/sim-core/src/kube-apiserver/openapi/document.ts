import type { Kind } from '../../apimachinery/kind.ts';
import { Components, type SchemaSources } from './components.ts';
import { pathsOf } from './operations.ts';
import { metaName } from './schema-names.ts';
import type { SchemaObject } from './schema-object.ts';

/** What every document begins with; the version is that of the server. */
function head(gitVersion: string): SchemaObject {
  return { openapi: '3.0.0', info: { title: 'Kubernetes', version: gitVersion } };
}

const SECURITY: SchemaObject = Object.freeze({
  BearerToken: {
    description: 'Bearer Token authentication',
    in: 'header',
    name: 'authorization',
    type: 'apiKey',
  },
});

/** The document of one group version: its kinds, all that their schemas lead to, and their operations. */
export function buildDocument(kinds: readonly Kind[], gitVersion: string, sources: SchemaSources): SchemaObject {
  const components = new Components(sources);
  const documented = kinds.map((kind) => ({ kind, ...components.addKind(kind) }));
  addCommon(components, kinds, sources);
  const scaled = kinds.some((kind) => kind.scale) ? sources.schema.kind('autoscaling/v1', 'Scale') : undefined;
  const scaleKind = { group: 'autoscaling', kind: 'Scale', version: 'v1' };
  const scale = scaled === undefined ? '' : components.addType(scaled, [scaleKind]);
  const paths = documented.map((one) => pathsOf({ ...one, scale }));
  return {
    ...head(gitVersion),
    paths: Object.assign({}, ...paths) as SchemaObject,
    components: { schemas: components.schemas, securitySchemes: SECURITY },
  };
}

function addCommon(components: Components, kinds: readonly Kind[], { schema }: SchemaSources): void {
  const { group = '', version = 'v1' } = kinds[0] ?? {};
  const versions =
    group === ''
      ? [{ group, version }]
      : [
          { group: '', version: 'v1' },
          { group, version },
        ];
  for (const kind of ['DeleteOptions', 'Status']) {
    const type = schema.kind('v1', kind);
    const own = kind === 'Status' ? versions.slice(0, 1) : versions;
    if (type !== undefined)
      components.addType(
        type,
        own.map((one) => ({ group: one.group, kind, version: one.version })),
      );
  }
  components.addScalar(metaName('Patch'));
}

/** The document of a path that lists what is below it: `/api`, `/apis`, `/apis/apps`, `/version`. */
export function buildDiscoveryDocument(path: string, says: string, gitVersion: string): SchemaObject {
  const operation = {
    description: says,
    responses: { 200: { description: 'OK' }, 401: { description: 'Unauthorized' } },
  };
  return {
    ...head(gitVersion),
    paths: { [path === 'version' ? '/version/' : `/${path}/`]: { get: operation } },
    components: { securitySchemes: SECURITY },
  };
}

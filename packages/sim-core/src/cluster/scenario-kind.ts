import { AGE, column, NAME } from '../api/columns.ts';
import { invalid } from '../apimachinery/field-error.ts';
import { defineKind } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import { readSettings, SANDBOX_API_VERSION } from '../scenario/settings.ts';

const [GROUP = '', VERSION = ''] = SANDBOX_API_VERSION.split('/');

/** Our own settings document as an object of the API. */
interface Scenario extends KubeObject {
  readonly spec?: { readonly seed?: unknown; readonly nodes?: unknown };
}

/**
 * The kind Scenario, so that `kubectl apply -f` takes a whole scenario file. It is checked and kept; a cluster is made from
 * it when it starts, and from nothing that comes later.
 */
export const scenarios = defineKind<Scenario>({
  group: GROUP,
  version: VERSION,
  kind: 'Scenario',
  resource: 'scenarios',
  singular: 'scenario',
  namespaced: false,
  isCustom: true,
  validate: ({ apiVersion, kind, metadata, spec = {} }) => {
    const { problems } = readSettings({ apiVersion, kind, metadata, spec });
    return problems.map(({ field, message }) => invalid(field, undefined, message));
  },
  warnings: () => ['The settings of a Scenario count from the next start on: npx k8s-ingress-sandbox <file>'],
  columns: [
    NAME,
    column('Seed', ({ spec }) => String(spec?.seed ?? 1)),
    column('Nodes', ({ spec }) => String(spec?.nodes ?? 3)),
    AGE,
  ],
});

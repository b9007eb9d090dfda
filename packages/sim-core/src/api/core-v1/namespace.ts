import type { Condition } from '../../apimachinery/condition.ts';
import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { isDNS1123Label } from '../../apimachinery/validation/names.ts';
import { checkQualifiedName } from '../checks.ts';
import { AGE, column, NAME } from '../columns.ts';

/** core/v1 Namespace. */
export interface Namespace {
  apiVersion: 'v1';
  kind: 'Namespace';
  metadata: ObjectMeta;
  spec?: { finalizers?: string[] };
  status?: { phase?: 'Active' | 'Terminating'; conditions?: Condition[] };
}

export const namespaces = defineKind<Namespace>({
  group: '',
  version: 'v1',
  kind: 'Namespace',
  resource: 'namespaces',
  singular: 'namespace',
  shortNames: ['ns'],
  namespaced: false,
  hasStatus: true,
  verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
  selectableFields: { 'status.phase': ({ status }) => status?.phase ?? '' },
  validateName: isDNS1123Label,
  setDefaults({ metadata }) {
    if (metadata.name) metadata.labels = { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name };
  },
  prepareForCreate(namespace) {
    const finalizers = namespace.spec?.finalizers ?? [];
    namespace.spec = { finalizers: finalizers.includes('kubernetes') ? finalizers : [...finalizers, 'kubernetes'] };
    namespace.status = { phase: 'Active' };
  },
  validate: ({ spec }) => (spec?.finalizers ?? []).flatMap((name) => checkQualifiedName('spec.finalizers', name)),
  prepareForUpdate(namespace, old) {
    // Only the finalize subresource takes these off.
    namespace.spec = { ...namespace.spec, finalizers: old.spec?.finalizers ?? [] };
  },
  columns: [NAME, column('Status', ({ status }) => status?.phase ?? ''), AGE],
});

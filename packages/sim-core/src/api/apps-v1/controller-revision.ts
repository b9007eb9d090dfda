import { type FieldError, required } from '../../apimachinery/field-error.ts';
import { defineKind } from '../../apimachinery/kind.ts';
import { controllerOf, type ObjectMeta } from '../../apimachinery/object-meta.ts';
import { checkImmutable, checkNonNegative } from '../checks.ts';
import { AGE, column, NAME } from '../columns.ts';

/** apps/v1 ControllerRevision: a state of a StatefulSet or DaemonSet that it can be taken back to. */
export interface ControllerRevision {
  apiVersion: 'apps/v1';
  kind: 'ControllerRevision';
  metadata: ObjectMeta;
  /** A strategic merge patch that brings the state back. */
  data?: unknown;
  revision: number;
}

export const controllerRevisions = defineKind<ControllerRevision>({
  group: 'apps',
  version: 'v1',
  kind: 'ControllerRevision',
  resource: 'controllerrevisions',
  singular: 'controllerrevision',
  namespaced: true,
  setDefaults(revision) {
    revision.revision ??= 0;
  },
  validate: validateControllerRevision,
  // pkg/apis/apps/validation/validation.go ValidateControllerRevisionUpdate
  validateUpdate: ({ data }, { data: old }) => checkImmutable('data', data, old),
  columns: [
    NAME,
    column('Controller', (revision) => controllerName(revision)),
    column('Revision', ({ revision }) => revision),
    AGE,
  ],
});

/** `ValidateControllerRevision` */
function validateControllerRevision({ data, revision }: ControllerRevision): FieldError[] {
  return [
    ...(data === undefined || data === null ? [required('data', 'data is mandatory')] : []),
    ...checkNonNegative('revision', revision),
  ];
}

/** `statefulset.apps/web` */
function controllerName(revision: ControllerRevision): string {
  const owner = controllerOf(revision);
  if (owner === undefined) return '<none>';
  const [group] = owner.apiVersion.includes('/') ? owner.apiVersion.split('/') : [''];
  return `${owner.kind}${group ? `.${group}` : ''}`.toLowerCase().concat(`/${owner.name}`);
}

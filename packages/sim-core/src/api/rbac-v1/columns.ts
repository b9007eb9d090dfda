import type { PrinterColumn } from '../../apimachinery/kind.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { AGE, column, NAME, wideColumn } from '../columns.ts';
import type { RoleRef, Subject } from './role-binding.ts';

type Binding = KubeObject & { roleRef: RoleRef; subjects?: Subject[] };

/** pkg/printers/internalversion/printers.go roleBindingsColumnDefinitions */
export const BINDING_COLUMNS: readonly PrinterColumn<Binding>[] = Object.freeze([
  NAME,
  column<Binding>('Role', ({ roleRef }) => `${roleRef.kind}/${roleRef.name}`),
  AGE,
  wideColumn<Binding>('Users', (binding) => subjectsOf(binding, 'User')),
  wideColumn<Binding>('Groups', (binding) => subjectsOf(binding, 'Group')),
  wideColumn<Binding>('ServiceAccounts', (binding) => subjectsOf(binding, 'ServiceAccount')),
]);

function subjectsOf({ subjects = [] }: Binding, kind: string): string {
  const names = subjects.filter((subject) => subject.kind === kind);
  return names.map(({ namespace, name }) => (namespace ? `${namespace}/${name}` : name)).join(', ');
}

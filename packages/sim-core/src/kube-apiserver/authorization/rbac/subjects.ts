import type { Subject } from '../../../api/rbac-v1/role-binding.ts';
import { goQuote } from '../../../apimachinery/go-syntax.ts';
import { serviceAccountUsername } from '../../authentication/service-account-name.ts';

/** How a subject is found again: users and service accounts by user name, groups by theirs. */
export interface SubjectKey {
  readonly kind: 'user' | 'group';
  readonly name: string;
}

/** What a subject stands for (plugin/pkg/auth/authorizer/rbac appliesToUser); `namespace` is its binding's. */
export function subjectKey(subject: Subject, namespace: string): SubjectKey | undefined {
  if (subject.kind === 'User') return { kind: 'user', name: subject.name };
  if (subject.kind === 'Group') return { kind: 'group', name: subject.name };
  const place = subject.namespace || namespace;
  if (subject.kind !== 'ServiceAccount' || place === '') return undefined;
  return { kind: 'user', name: serviceAccountUsername(place, subject.name) };
}

/** `Group "system:masters"`, `ServiceAccount "builder/default"` (pkg/registry/rbac/validation/rule.go describeSubject). */
export function describeSubject({ kind, name, namespace }: Subject, bindingNamespace: string): string {
  return `${kind} ${goQuote(kind === 'ServiceAccount' ? `${name}/${namespace || bindingNamespace}` : name)}`;
}

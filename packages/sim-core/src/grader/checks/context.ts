import type { KubeObject } from '../../apimachinery/object-meta.ts';
import type { Objects } from '../api/objects.ts';
import type { Bindings } from '../binding/bind.ts';
import { bound } from '../binding/binding.ts';
import type { Role } from '../binding/roles.ts';
import type { Explanation, ManifestFinding } from '../site.ts';
import type { AppliedDocument } from '../submission/apply.ts';
import type { GradedFiles } from '../submission/read-submission.ts';
import type { Target, TargetRequest } from '../target/target.ts';

/** What a check looks at. */
export interface CheckContext {
  /** The cluster; every wait ends when the check's time is up. */
  readonly target: Target;
  readonly objects: Objects;
  readonly bindings: Bindings;
  readonly files: GradedFiles;
  readonly applied: readonly AppliedDocument[];
  /** Whether an object is the student's, or at least the scenario's. */
  isSubmitted(object: KubeObject): boolean;
  isCandidate(object: KubeObject): boolean;
  /** What the API server's validation and the doctor say of the submission. */
  findings(): Promise<readonly ManifestFinding[]>;
  explain(request: TargetRequest): Explanation | undefined;
}

/** Who plays a role. @throws Error when nobody does: roles that a check names are bound before it runs */
export function playerOf({ bindings }: CheckContext, role: Role): KubeObject {
  const object = bound(bindings[role]);
  if (object === undefined) throw new Error(`${role} is not bound`);
  return object;
}

import type { PolicyRule } from '../../../api/rbac-v1/role.ts';

/* Rules as the bootstrap tables spell them: words separated by blanks, sorted as upstream's rule builder sorts them. */

export const READ = 'get list watch';
export const WRITE = 'create delete deletecollection patch update';
export const READ_WRITE = `${READ} ${WRITE}`;

/** Spelling of the core group, whose name is ''. */
const CORE = 'core';

/** A rule about resources; @param groups `core` stands for the core group */
export function allow(verbs: string, groups: string, resources: string, names?: string): PolicyRule {
  return {
    apiGroups: words(groups)
      .map((group) => (group === CORE ? '' : group))
      .sort(),
    ...(names !== undefined && { resourceNames: words(names) }),
    resources: words(resources),
    verbs: words(verbs),
  };
}

/** A rule about paths. */
export function allowPaths(verbs: string, paths: string): PolicyRule {
  return { nonResourceURLs: words(paths), verbs: words(verbs) };
}

/** What every component needs that reports events. */
export function writeEvents(): PolicyRule {
  return allow('create patch update', 'core events.k8s.io', 'events');
}

function words(text: string): string[] {
  return text.split(' ').sort();
}

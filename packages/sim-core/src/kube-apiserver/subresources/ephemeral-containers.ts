import type { Pod } from '../../api/core-v1/pod.ts';
import { get } from '../handlers/get.ts';
import { patchWith } from '../handlers/patch.ts';
import type { Subresource } from './subresource.ts';

/** Containers that are added to a running pod to look into it: only they change (`kubectl debug`). */
export const ephemeralContainers: Subresource = Object.freeze({
  name: 'ephemeralcontainers',
  of: ({ group, kind }) => group === '' && kind === 'Pod',
  verbs: {
    get,
    patch: patchWith(({ registry }, { kind }, { object, old, options }) => {
      const { ephemeralContainers } = (object as Pod).spec;
      const spec = { ...(old as Pod).spec, ephemeralContainers };
      return registry.update(kind, { ...old, spec } as Pod, options);
    }),
  },
} satisfies Subresource);

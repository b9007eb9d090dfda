import { validateEphemeralContainersUpdate } from '../../api/core-v1/pod/validation/ephemeral-containers.ts';
import type { Pod } from '../../api/core-v1/pod.ts';
import { get } from '../handlers/get.ts';
import { patchWith } from '../handlers/patch.ts';
import { updateWith } from '../handlers/update.ts';
import type { ChangeWriter } from '../handlers/write-change.ts';
import type { Subresource } from './subresource.ts';

/** Takes over nothing but the ephemeral containers (pkg/registry/core/pod/strategy.go dropNonEphemeralContainerUpdates). */
const write: ChangeWriter = ({ registry }, { kind }, { object, old, options }) => {
  const { ephemeralContainers } = (object as Pod).spec;
  const pod = { ...old, spec: { ...(old as Pod).spec, ephemeralContainers } } as Pod;
  return registry.update(kind, pod, {
    ...options,
    validateUpdate: (next, before) => validateEphemeralContainersUpdate(next as Pod, before as Pod),
  });
};

/** Containers that are added to a running pod to look into it (`kubectl debug`). */
export const ephemeralContainers: Subresource = Object.freeze({
  name: 'ephemeralcontainers',
  of: ({ group, kind }) => group === '' && kind === 'Pod',
  verbs: { get, update: updateWith(write), patch: patchWith(write) },
} satisfies Subresource);

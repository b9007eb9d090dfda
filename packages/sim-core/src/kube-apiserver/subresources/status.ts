import { get } from '../handlers/get.ts';
import { patchStatus } from '../handlers/patch.ts';
import { updateStatus } from '../handlers/update.ts';
import type { Subresource } from './subresource.ts';

/** What controllers say of an object, apart from what users want of it. */
export const status: Subresource = Object.freeze({
  name: 'status',
  of: ({ hasStatus }) => hasStatus === true,
  verbs: { get, update: updateStatus, patch: patchStatus },
} satisfies Subresource);

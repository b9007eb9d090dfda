import { binding } from './binding.ts';
import { ephemeralContainers } from './ephemeral-containers.ts';
import { eviction } from './eviction.ts';
import { finalize } from './finalize.ts';
import { log } from './log.ts';
import { podProxy, serviceProxy } from './proxy.ts';
import { scale } from './scale.ts';
import { status } from './status.ts';
import type { Subresource } from './subresource.ts';
import { token } from './token.ts';

/** Every subresource. Those that need a connection of their own (exec, attach, portforward) are in `connect.ts`. */
export const SUBRESOURCES: readonly Subresource[] = Object.freeze([
  binding,
  ephemeralContainers,
  eviction,
  finalize,
  log,
  podProxy,
  serviceProxy,
  scale,
  status,
  token,
]);

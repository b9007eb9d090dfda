import type { Executable } from '../process.ts';
import { printing } from './printing.ts';

/** `id [-u | -g | -un]`: the image's user, or who the pod runs as. */
export const id: Executable = printing(({ args, machine: { tools, context } }) => {
  const { name, uid, gid } = userOf(tools.user, context.pod.spec.securityContext?.runAsUser);
  if (args[0] === '-u') return String(uid);
  if (args[0] === '-g') return String(gid);
  if (args[0] === '-un') return name;
  return name === ''
    ? `uid=${uid} gid=${gid} groups=${gid}`
    : `uid=${uid}(${name}) gid=${gid}(${name}) groups=${gid}(${name})`;
});

/** `whoami`. */
export const whoami: Executable = printing(({ machine: { tools } }) => tools.user.name);

function userOf(
  user: { name: string; uid: number; gid: number },
  runAsUser: number | undefined,
): { name: string; uid: number; gid: number } {
  return runAsUser === undefined || runAsUser === user.uid ? user : { name: '', uid: runAsUser, gid: 0 };
}

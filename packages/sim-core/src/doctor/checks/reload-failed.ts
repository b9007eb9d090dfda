import type { DoctorFinding } from '../../wire.ts';
import { replicas, servedIngresses } from '../controllers.ts';
import { type Check, findingOf, line, nameOf, place, spell } from '../finding.ts';
import { type PathView, pathsOf, spellPath } from '../ingress-paths.ts';
import type { World } from '../world.ts';

const EFFECT = 'so no change of any Ingress has an effect until that is mended: the configuration before it serves on';

/** A configuration that nginx refuses: one mistake stops the changes of all. */
export const reloadFailed: Check = {
  name: 'ReloadFailed',
  check(world) {
    const failed = replicas(world).find(({ nginx }) => nginx.failure() !== '');
    if (failed === undefined) return [];
    const failure = failed.nginx.failure();
    const twice = duplicate(failure, world);
    if (twice !== undefined) return [diagnose(failure, twice, world)];
    const object = nameOf(failed.pod);
    const message = `nginx refuses the configuration that the Ingresses make (${failure}), ${EFFECT}`;
    const fix = 'Take the last change of an Ingress back.';
    return [findingOf({ severity: 'error', reason: 'ReloadFailed', object, field: 'metadata', message, fix }, world)];
  },
};

/** The two prefix paths behind nginx's words: `/a` brings a location `/a/`, and so does `/a/`. */
function duplicate(failure: string, world: World): readonly [short: PathView, long: PathView] | undefined {
  const path = /duplicate location "(.*)"/.exec(failure)?.[1];
  const all = servedIngresses(world).flatMap(pathsOf);
  for (const long of all.filter((each) => each.path === path)) {
    const short = all.find((each) => each.host === long.host && `${each.path}/` === path && each.pathType !== 'Exact');
    if (short !== undefined) return [short, long];
  }
  return undefined;
}

function diagnose(failure: string, [short, long]: readonly [PathView, PathView], world: World): DoctorFinding {
  const field = `${long.field}.path`;
  const other = `${spellPath(short)}${place(world, short.object, `${short.field}.path`)}`;
  const message = `${spell(long.object)} asks for ${spellPath(long)}, which ${other} has already: nginx refuses the configuration (${failure}), ${EFFECT}`;
  const fix = `Delete the path at ${line(world, long.object, field)}: Prefix ${short.path} matches ${long.path} and all below it.`;
  return findingOf({ severity: 'error', reason: 'ReloadFailed', object: long.object, field, message, fix }, world);
}

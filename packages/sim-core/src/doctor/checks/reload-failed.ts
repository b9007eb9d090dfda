import type { DoctorFinding } from '../../wire.ts';
import { replicas } from '../controllers.ts';
import { type Check, findingOf, line, nameOf, place, spell } from '../finding.ts';
import { spellPath } from '../ingress-paths.ts';
import { type Culprit, culpritOf } from '../refused-configuration.ts';
import type { World } from '../world.ts';

const EFFECT = 'so no change of any Ingress has an effect until that is mended: the configuration before it serves on';

/** A configuration that nginx refuses: one mistake stops the changes of all. */
export const reloadFailed: Check = {
  name: 'ReloadFailed',
  check(world) {
    const failed = replicas(world).find(({ nginx }) => nginx.failure() !== '');
    if (failed === undefined) return [];
    const failure = failed.nginx.failure();
    const refused = failed.nginx.refused();
    const culprit = refused && culpritOf(refused, world);
    if (culprit !== undefined) return [diagnose(failure, culprit, world)];
    const object = nameOf(failed.pod);
    const message = `nginx refuses the configuration that the Ingresses make (${failure}), ${EFFECT}`;
    const fix = 'Take the last change of an Ingress or of the ConfigMap back.';
    return [findingOf({ severity: 'error', reason: 'ReloadFailed', object, field: 'metadata', message, fix }, world)];
  },
};

function diagnose(failure: string, culprit: Culprit, world: World): DoctorFinding {
  const { host, location, source, field, before } = culprit;
  const object = { kind: 'Ingress', namespace: source.namespace, name: source.ingress };
  const asks = `${spell(object)} asks for ${spellLocation(host, location)}`;
  const because = before === undefined ? asks : `${asks}, which ${spellBefore(culprit, world)} has already`;
  const annotation = /\/([\w-]+)\]$/.exec(field)?.[1];
  const suffix = annotation === undefined ? '' : ` with ${annotation}${place(world, object, field)}`;
  const message = `${because}${suffix}: nginx refuses the configuration (${failure}), ${EFFECT}`;
  const fix =
    before === undefined
      ? `Mend or take away ${line(world, object, field)}.`
      : `Delete the path at ${line(world, object, field)}: ${before.ingressPathType} ${before.ingressPath} matches ${location.ingressPath === before.ingressPath ? 'it' : `${location.ingressPath} and all below it`}.`;
  return findingOf({ severity: 'error', reason: 'ReloadFailed', object, field, message, fix }, world);
}

function spellBefore({ host, before, source: own }: Culprit, world: World): string {
  const source = before?.source;
  if (before === undefined || source === undefined) return 'nginx itself';
  const object = { kind: 'Ingress', namespace: source.namespace, name: source.ingress };
  const where = place(world, object, `${source.field}.path`);
  const isOwn = source.namespace === own.namespace && source.ingress === own.ingress;
  return `${spellLocation(host, before)}${isOwn ? where : ` of ${spell(object)}${where}`}`;
}

function spellLocation(host: string, { ingressPath: path, ingressPathType: pathType }: Culprit['location']): string {
  return spellPath({ host, path, pathType });
}

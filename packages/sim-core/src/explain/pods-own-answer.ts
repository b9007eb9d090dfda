import { place } from '../doctor/finding.ts';
import { ingressName, type Scene } from './scene.ts';
import { settingOf } from './settings.ts';

/**
 * What to do about an error that a pod gave: mostly it is the program's own, but a 404 may be asked for by the ingress, which
 * hands the path on as it came, or as rewrite-target makes it.
 */
export function podsOwnAnswer(scene: Scene): string {
  const { status, pod } = scene.record;
  const logs = `The ${status} comes from the program in the pod: kubectl logs ${pod?.slice(pod.indexOf('/') + 1) ?? 'POD'}.`;
  return status === 404 ? `${pathHint(scene)}${logs}` : logs;
}

function pathHint(scene: Scene): string {
  const { location, path } = scene.record;
  const { source, directives, ingressPath } = location ?? {};
  const asked = scene.walked?.upstreamUrl;
  if (directives?.rewrite !== undefined) {
    const hasGroup = /\$\d/.test(directives.rewrite.replacement);
    const lost = hasGroup ? '' : '; a target without $1 or $2 sends every path to the same place';
    return `The pod was asked for ${asked} (${settingOf(scene, ['rewrite-target']).cites})${lost}. `;
  }
  if (source === undefined || ingressPath === undefined || ingressPath === '/' || !path.startsWith(ingressPath))
    return '';
  const where = place(scene.world, ingressName(source), `${source.field}.path`);
  return `The pod was asked for ${asked}, with the ${ingressPath} of the rule${where}: to take it away, path: ${ingressPath}(/|$)(.*), pathType: ImplementationSpecific and rewrite-target: /$2. `;
}

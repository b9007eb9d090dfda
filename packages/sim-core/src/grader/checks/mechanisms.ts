import type { Pod } from '../../api/core-v1/pod.ts';
import type { Service } from '../../api/core-v1/service.ts';
import type { Ingress } from '../../api/networking-v1/ingress.ts';
import type { Path } from '../../manifest/document.ts';
import { spellObject } from '../binding/binding.ts';
import { annotationOf, NGINX } from '../binding/ingress-function.ts';
import { imagesOf } from '../binding/runs-image.ts';
import { selectsPod } from '../binding/selects.ts';
import type { Json } from '../result.ts';
import { effectiveWeight } from '../split/effective-weight.ts';
import { type CheckContext, playerOf } from './context.ts';
import type { FindingPlace } from './finding.ts';
import { describeSelector, selected } from './select.ts';
import type { UsesSpec } from './uses.ts';

/** What was found about one mechanism. */
export interface MechanismFinding {
  /** Why it is not in use; undefined when it is. */
  readonly complaint?: string;
  readonly remark?: string;
  readonly place?: FindingPlace;
  readonly evidence: Json;
}

type Look<Name extends keyof UsesSpec> = (
  wanted: NonNullable<UsesSpec[Name]>,
  context: CheckContext,
) => MechanismFinding | Promise<MechanismFinding>;

/** How each mechanism is looked for. */
export const MECHANISMS: { readonly [Name in keyof Required<UsesSpec>]: Look<Name> } = Object.freeze({
  canaryWeight: (percent: number, context: CheckContext) => {
    const canary = playerOf(context, '$canary') as Ingress;
    const found = effectiveWeight(canary);
    const evidence = { percent: found.percent, weight: found.weight, total: found.total };
    const place = placeOf(canary, 'canary-weight');
    const { writtenTotal } = found;
    const isIgnored = writtenTotal !== undefined && writtenTotal < found.total;
    const why = isIgnored
      ? `, as ingress-nginx ignores a canary-weight-total of up to 100 (yours is ${writtenTotal})`
      : '';
    if (Math.abs(found.percent - percent) > 1e-9) {
      const complaint = `${spellObject(canary)} has an effective weight of ${found.weight} in ${found.total}, ${found.percent} %, not ${percent} %${why}`;
      return { complaint, evidence, place };
    }
    return { evidence, ...(isIgnored && { remark: `${found.weight} means ${percent} %${why}` }) };
  },

  canaryHeader: ({ name, value }: { name: string; value?: string }, context: CheckContext) => {
    const canary = playerOf(context, '$canary') as Ingress;
    const header = annotationOf(canary, 'canary-by-header');
    const wanted = annotationOf(canary, 'canary-by-header-value');
    const evidence = { header: header ?? null, value: wanted ?? null };
    if (header?.toLowerCase() !== name.toLowerCase()) {
      const complaint = `${spellObject(canary)} decides by ${header === undefined ? 'no header' : `header ${header}`}, not by header ${name}`;
      return { complaint, evidence, place: placeOf(canary, 'canary-by-header') };
    }
    if (value === undefined || wanted === value) return { evidence };
    const complaint = `${spellObject(canary)} looks for ${wanted === undefined ? 'no value' : `the value ${wanted}`} in header ${name}, not for ${value}`;
    return { complaint, evidence, place: placeOf(canary, 'canary-by-header-value') };
  },

  canaryCookie: (name: string, context: CheckContext) => {
    const canary = playerOf(context, '$canary') as Ingress;
    const cookie = annotationOf(canary, 'canary-by-cookie');
    if (cookie === name) return { evidence: cookie };
    const complaint = `${spellObject(canary)} decides by ${cookie === undefined ? 'no cookie' : `cookie ${cookie}`}, not by cookie ${name}`;
    return { complaint, evidence: cookie ?? null, place: placeOf(canary, 'canary-by-cookie') };
  },

  versions: async (_wanted: 'different', context: CheckContext) => {
    const main = playerOf(context, '$mainService') as Service;
    const canary = playerOf(context, '$canaryService') as Service;
    const pods = await context.objects.all('pods');
    const ofCanary = pods.filter((pod) => selectsPod(canary, pod));
    const ofMain = pods.filter((pod) => selectsPod(main, pod) && !ofCanary.includes(pod));
    const evidence = { main: imagesIn(ofMain), canary: imagesIn(ofCanary) };
    const same = evidence.canary.length > 0 && evidence.canary.every((image) => evidence.main.includes(image));
    if (same) {
      const complaint = `main and canary run the same image, ${evidence.canary.join(', ')}: there is no new version to try`;
      return { complaint, evidence, place: { object: canary, path: ['metadata', 'name'] } };
    }
    return { evidence };
  },

  namedPort: async (selector: NonNullable<UsesSpec['namedPort']>, context: CheckContext) => {
    const [service] = (await selected(selector, context)) as Service[];
    if (service === undefined) return { complaint: `there is no ${describeSelector(selector)}`, evidence: null };
    const ports = service.spec.ports ?? [];
    const evidence = ports.map(({ targetPort }) => targetPort ?? null);
    const index = ports.findIndex(({ targetPort }) => typeof targetPort !== 'string');
    if (index < 0 && ports.length > 0) return { evidence };
    const complaint = `${spellObject(service)} reaches its pods by the number of their port, not by its name`;
    return {
      complaint,
      evidence,
      place: { object: service, path: ['spec', 'ports', Math.max(0, index), 'targetPort'] },
    };
  },

  annotation: (name: string, context: CheckContext) => {
    const main = playerOf(context, '$main') as Ingress;
    const full = name.includes('/') ? name : `${NGINX}${name}`;
    const value = main.metadata.annotations?.[full];
    if (value !== undefined) return { evidence: { [full]: value } };
    const complaint = `${spellObject(main)} has no annotation ${full}`;
    return { complaint, evidence: null, place: { object: main, path: ['metadata', 'annotations'] } };
  },
});

function placeOf(ingress: Ingress, name: string): FindingPlace {
  const path: Path = ['metadata', 'annotations', `${NGINX}${name}`];
  return { object: ingress, path };
}

function imagesIn(pods: readonly Pod[]): string[] {
  return [...new Set(pods.flatMap(imagesOf))].sort();
}

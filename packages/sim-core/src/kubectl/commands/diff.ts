import { SCHEMA_JSON } from '../../api/schema.generated.ts';
import { LAST_APPLIED } from '../../apimachinery/managed-fields/last-applied.ts';
import { threeWayMerge } from '../../apimachinery/patch/three-way-merge.ts';
import { createSchema } from '../../apimachinery/schema/schema.ts';
import { diffLines, formatDiff } from '../../manifest/diff-lines.ts';
import type { KubectlCommand, KubectlContext } from '../context.ts';
import type { JsonObject } from '../json.ts';
import { text, withAt } from '../json.ts';
import { failure } from '../kubectl-error.ts';
import { goYaml } from '../output/go-yaml.ts';
import { fileObjects, SELECTION_FLAGS } from '../resource-args.ts';
import { ServerError } from '../server-error.ts';
import { type ManifestPlace, placesOf, withLastApplied } from './apply.ts';

/** `kubectl diff` (kubectl/pkg/cmd/diff/diff.go); exits 1 where something differs. Prints our own lines, not those of the program diff. */
export const diff: KubectlCommand = {
  flags: { ...SELECTION_FLAGS, 'field-manager': { type: 'string', default: '' } },
  async run(context) {
    const files = await fileObjects(context);
    if (files === undefined) throw failure('must specify one of -f and -k');
    let differs = false;
    await context.each(await placesOf(context, files), async (place) => {
      const [before, after] = await bothSides(context, place);
      const [left, right] = [before === undefined ? '' : goYaml(shown(before)), goYaml(shown(after))];
      if (left === right) return;
      differs = true;
      const { resource, namespace, name } = place;
      const file = `${resource.group === '' ? '' : `${resource.group}.`}${resource.version}.${resource.kind}.${namespace}.${name}`;
      context.environment.stdout(`diff -u -N LIVE/${file} MERGED/${file}\n${formatDiff(diffLines(left, right))}\n`);
    });
    return context.exitCode === 0 ? Number(differs) : 2;
  },
};

async function bothSides(context: KubectlContext, place: ManifestPlace): Promise<[JsonObject | undefined, JsonObject]> {
  const query = { dryRun: 'All', fieldManager: 'kubectl-client-side-apply' };
  const modified = withLastApplied(place.object);
  try {
    const live = await context.client.get(place);
    const type = createSchema(() => SCHEMA_JSON).kind(text(live, 'apiVersion'), place.resource.kind);
    const last = text(live, 'metadata', 'annotations', LAST_APPLIED);
    const { patch } = threeWayMerge(type, last === '' ? undefined : (JSON.parse(last) as JsonObject), live, modified);
    if (Object.keys(patch).length === 0) return [live, live];
    return [live, await context.client.patch(place, type === undefined ? 'merge' : 'strategic', patch, query)];
  } catch (error) {
    if (!(error instanceof ServerError) || error.reason !== 'NotFound') throw error;
    const { resource, namespace } = place;
    return [undefined, await context.client.create({ resource, namespace }, modified, query)];
  }
}

function shown(value: JsonObject): JsonObject {
  const own = withAt(value, ['metadata', 'managedFields'], undefined);
  return withAt(own, ['metadata', 'annotations', LAST_APPLIED], undefined);
}

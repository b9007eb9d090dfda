import { SCHEMA_JSON } from '../../api/schema.generated.ts';
import { threeWayMerge } from '../../apimachinery/patch/three-way-merge.ts';
import { createSchema } from '../../apimachinery/schema/schema.ts';
import type { KubectlCommand } from '../context.ts';
import { decodeText } from '../decode-text.ts';
import type { JsonObject } from '../json.ts';
import { text, withAt } from '../json.ts';
import { failure } from '../kubectl-error.ts';
import { CHANGE_FLAGS, printChanged, writeQuery } from '../output/changed.ts';
import { goYaml } from '../output/go-yaml.ts';
import { type Found, findObjects, SELECTION_FLAGS, targetsOf } from '../resource-args.ts';

const HEAD = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`;

/** `kubectl edit` (kubectl/pkg/cmd/util/editor/editoptions.go), one object after the other. */
export const edit: KubectlCommand = {
  flags: { ...SELECTION_FLAGS, ...CHANGE_FLAGS, validate: { type: 'string', default: 'strict', bare: 'strict' } },
  async run(context) {
    const { environment, client } = context;
    if (environment.edit === undefined)
      throw failure('this built-in kubectl has no edit here: change the file and apply it');
    const found = await findObjects(context, await targetsOf(context));
    await context.each(found, async (each) => {
      const before = withAt(each.object, ['metadata', 'managedFields'], undefined);
      const edited = await (environment.edit as (text: string) => Promise<string>)(HEAD + goYaml(before));
      const source = edited.replace(/^#.*\n?/gm, '');
      if (source.trim() === '') throw failure('Edit cancelled, saved file was empty.');
      const [changed] = decodeText('edited', source);
      if (changed === undefined || JSON.stringify(goYaml(changed.object)) === JSON.stringify(goYaml(before))) {
        context.err('Edit cancelled, no changes made.');
        return;
      }
      const patch = patchOf(each, before, changed.object);
      const query = { ...writeQuery(context, 'kubectl-edit'), fieldValidation: 'Strict' };
      printChanged(context, each.resource, await client.patch(each, 'strategic', patch, query), 'edited');
    });
    return context.exitCode;
  },
};

function patchOf({ resource }: Found, before: JsonObject, after: JsonObject): JsonObject {
  const type = createSchema(() => SCHEMA_JSON).kind(text(before, 'apiVersion'), resource.kind);
  return threeWayMerge(type, before, before, after).patch;
}

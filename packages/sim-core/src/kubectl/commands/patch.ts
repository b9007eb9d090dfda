import { SCHEMA_JSON } from '../../api/schema.generated.ts';
import { createSchema } from '../../apimachinery/schema/schema.ts';
import type { KubectlCommand } from '../context.ts';
import { decodeValue } from '../decode-value.ts';
import { text } from '../json.ts';
import { failure } from '../kubectl-error.ts';
import { CHANGE_FLAGS, dryRunOf, printChanged, writeQuery } from '../output/changed.ts';
import { findObjects, SELECTION_FLAGS, targetsOf } from '../resource-args.ts';
import { apiVersionOf } from '../resources.ts';

/** `kubectl patch` (kubectl/pkg/cmd/patch/patch.go). */
export const patch: KubectlCommand = {
  flags: {
    ...SELECTION_FLAGS,
    ...CHANGE_FLAGS,
    patch: { type: 'string', short: 'p', default: '' },
    'patch-file': { type: 'string', default: '' },
    type: { type: 'string', default: 'strategic' },
    subresource: { type: 'string', default: '' },
  },
  async run(context) {
    const { flags, client, environment } = context;
    const type = flags.text('type').toLowerCase();
    if (type !== 'strategic' && type !== 'merge' && type !== 'json') {
      throw failure(`--type must be one of [json merge strategic], not "${flags.text('type')}"`);
    }
    const source =
      flags.text('patch-file') === '' ? flags.text('patch') : await environment.files.read(flags.text('patch-file'));
    if (source === '') throw failure('must specify --patch or --patch-file containing the contents of the patch');
    const body = decodeValue(source, (why) => failure(`unable to parse "${source}": ${why}`));
    const subresource = flags.text('subresource') || undefined;
    const found = await findObjects(context, await targetsOf(context));
    await context.each(found, async (each) => {
      const isKnown =
        createSchema(() => SCHEMA_JSON).kind(apiVersionOf(each.resource), each.resource.kind) !== undefined;
      if (type === 'strategic' && !isKnown)
        throw failure('strategic merge patch is not supported for this custom resource, try --type merge');
      const place = subresource === undefined ? each : { ...each, subresource };
      const patched =
        dryRunOf(context) === 'client'
          ? each.object
          : await client.patch(place, type, body, writeQuery(context, 'kubectl-patch'));
      const isSame = text(patched, 'metadata', 'resourceVersion') === text(each.object, 'metadata', 'resourceVersion');
      printChanged(context, each.resource, patched, isSame ? 'patched (no change)' : 'patched');
    });
    return context.exitCode;
  },
};

import type { KubectlCommand } from '../context.ts';
import { failure, usageError } from '../kubectl-error.ts';
import { TABLE_TABS, tabbed } from '../output/tabwriter.ts';
import { apiVersionOf, groupResource } from '../resources.ts';

/** `kubectl api-resources` (kubectl/pkg/cmd/apiresources/apiresources.go). */
export const apiResources: KubectlCommand = {
  flags: {
    'api-group': { type: 'string', default: '' },
    namespaced: { type: 'bool' },
    'no-headers': { type: 'bool' },
    output: { type: 'string', short: 'o', default: '' },
    'sort-by': { type: 'string', default: '' },
    verbs: { type: 'list' },
    categories: { type: 'list' },
    cached: { type: 'bool' },
  },
  async run(context) {
    const { flags, args, environment } = context;
    if (args.length > 0) throw usageError('api-resources', `unexpected arguments: [${args.join(' ')}]`);
    const output = flags.text('output');
    if (!['', 'wide', 'name'].includes(output)) throw failure(`--output ${output} is not available`);
    const verbs = flags.list('verbs').flatMap((each) => each.split(','));
    const categories = flags.list('categories').flatMap((each) => each.split(','));
    const resources = (await context.mapper()).resources.filter(
      (each) =>
        each.verbs.length > 0 &&
        !each.name.includes('/') &&
        (!flags.given('api-group') || each.group === flags.text('api-group')) &&
        (!flags.given('namespaced') || each.namespaced === flags.is('namespaced')) &&
        verbs.every((verb) => each.verbs.includes(verb)) &&
        categories.every((category) => each.categories.includes(category)),
    );
    const sorted = [...resources].sort((a, b) => {
      const by = flags.text('sort-by');
      if (by === 'kind' && a.kind !== b.kind) return a.kind < b.kind ? -1 : 1;
      if (by === '' && a.group !== b.group) return a.group < b.group ? -1 : 1;
      return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
    });
    if (output === 'name') {
      environment.stdout(sorted.map((each) => `${groupResource(each)}\n`).join(''));
      return 0;
    }
    const rows = sorted.map((each) => [
      each.name,
      each.shortNames.join(','),
      apiVersionOf(each),
      String(each.namespaced),
      each.kind,
      ...(output === 'wide' ? [each.verbs.join(','), each.categories.join(',')] : []),
    ]);
    const head = [
      'NAME',
      'SHORTNAMES',
      'APIVERSION',
      'NAMESPACED',
      'KIND',
      ...(output === 'wide' ? ['VERBS', 'CATEGORIES'] : []),
    ];
    const lines = flags.is('no-headers') ? rows : [head, ...rows];
    environment.stdout(`${tabbed(lines.map((line) => line.join('\t')).join('\n'), TABLE_TABS)}\n`);
    return 0;
  },
};

/** `kubectl api-versions`. */
export const apiVersions: KubectlCommand = {
  flags: {},
  async run(context) {
    const { resources } = await context.mapper();
    for (const version of [...new Set(resources.map(apiVersionOf))].sort()) context.out(version);
    return 0;
  },
};

import { TABLE } from '../api-client.ts';
import type { KubectlCommand, KubectlContext } from '../context.ts';
import type { JsonObject } from '../json.ts';
import { at, isObject, number, objects, text } from '../json.ts';
import { failure, KubectlError } from '../kubectl-error.ts';
import { relaxed } from '../output/custom-columns.ts';
import { findAll } from '../output/jsonpath.ts';
import { parsePath } from '../output/jsonpath-parser.ts';
import { OUTPUT_FLAGS, type PrintObject, printerFor } from '../output/printer.ts';
import { type TableOptions, tableCells } from '../output/table.ts';
import { TABLE_TABS, tabbed } from '../output/tabwriter.ts';
import { type Found, findObjects, SELECTION_FLAGS, selectionQuery, type Target, targetsOf } from '../resource-args.ts';
import { singularName } from '../resources.ts';
import { ServerError } from '../server-error.ts';

/** `kubectl get` (kubectl/pkg/cmd/get/get.go). */
export const get: KubectlCommand = {
  flags: {
    ...SELECTION_FLAGS,
    ...OUTPUT_FLAGS,
    watch: { type: 'bool', short: 'w' },
    'watch-only': { type: 'bool' },
    'show-labels': { type: 'bool' },
    'label-columns': { type: 'list', short: 'L' },
    'no-headers': { type: 'bool' },
    'show-kind': { type: 'bool' },
    'sort-by': { type: 'string', default: '' },
    'ignore-not-found': { type: 'bool' },
    'chunk-size': { type: 'int', default: 500 },
    raw: { type: 'string', default: '' },
  },
  async run(context) {
    const { flags, environment, client } = context;
    if (flags.text('raw') !== '') {
      if (context.args.length > 0) throw failure('arguments may not be passed when --raw is specified');
      environment.stdout(await client.text({ method: 'GET', path: flags.text('raw') }));
      return 0;
    }
    if (context.args.length === 0 && flags.list('filename').length === 0 && flags.text('kustomize') === '') {
      throw new KubectlError(
        'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\nerror: Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).\nSee \'kubectl get -h\' for help and examples',
      );
    }
    const print = printerFor(flags.text('output'), () => '', { headers: !flags.is('no-headers') });
    const targets = await targetsOf(context);
    if (flags.is('watch') || flags.is('watch-only')) return watch(context, targets);
    if (print === undefined) return printTables(context, targets);
    return printObjects(context, targets);
  },
};

async function printObjects(context: KubectlContext, targets: readonly Target[]): Promise<number> {
  const { flags, environment } = context;
  const found = sortObjects(await ignoringMissing(context, () => findObjects(context, targets)), flags.text('sort-by'));
  const nameOf = (value: JsonObject) => {
    const place = found.find(
      (each) => each.object === value || text(each.object, 'metadata', 'uid') === text(value, 'metadata', 'uid'),
    );
    return place === undefined ? '' : `${singularName(place.resource)}/${place.name}`;
  };
  const options = { managedFields: flags.is('show-managed-fields'), headers: !flags.is('no-headers') };
  const print = printerFor(flags.text('output'), nameOf, options) as PrintObject;
  const single = targets.length === 1 && targets[0]?.name !== undefined;
  if (single && found.length === 0) return context.exitCode;
  if (single) environment.stdout(print(found[0]?.object as JsonObject));
  else if (found.length > 0 || context.exitCode === 0) environment.stdout(print(listOf(found)));
  return context.exitCode;
}

function listOf(found: readonly Found[]): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'List',
    metadata: { resourceVersion: '' },
    items: found.map(({ object }) => object),
  };
}

/** With --ignore-not-found a missing name is no error. */
async function ignoringMissing(context: KubectlContext, find: () => Promise<Found[]>): Promise<Found[]> {
  if (!context.flags.is('ignore-not-found')) return find();
  const fail = context.fail.bind(context);
  context.fail = (error) => {
    if (!(error instanceof ServerError && error.reason === 'NotFound')) fail(error);
  };
  return find();
}

async function printTables(context: KubectlContext, targets: readonly Target[]): Promise<number> {
  const { client, flags, environment } = context;
  const tables: { target: Target; table: JsonObject }[] = [];
  await context.each(targets, async (target) => {
    try {
      const query = target.name === undefined ? selectionQuery(context) : {};
      const table = await client.get(target, sorting(context) ? { ...query, includeObject: 'Object' } : query, TABLE);
      const last = tables.at(-1);
      // Several names of one resource are one table.
      if (last !== undefined && last.target.resource === target.resource) {
        last.table = { ...last.table, rows: [...objects(last.table, 'rows'), ...objects(table, 'rows')] };
      } else {
        tables.push({ target, table });
      }
    } catch (error) {
      const missing = error instanceof ServerError && error.reason === 'NotFound';
      if (!missing || !flags.is('ignore-not-found')) throw error;
    }
  });
  const filled = tables.filter(({ table }) => objects(table, 'rows').length > 0);
  const several = new Set(targets.map(({ resource }) => resource)).size > 1 || flags.is('show-kind');
  filled.forEach(({ target, table }, i) => {
    if (i > 0) environment.stdout('\n');
    const options = optionsFor(context, target, several);
    const cells = tableCells(sortTable(table, flags.text('sort-by')), options);
    environment.stdout(aligned(flags.is('no-headers') ? cells.slice(1) : cells));
  });
  if (filled.length === 0 && context.exitCode === 0 && !flags.is('ignore-not-found')) {
    const isNamespaced = targets.some(({ resource }) => resource.namespaced) && !flags.is('all-namespaces');
    context.err(isNamespaced ? `No resources found in ${context.namespace} namespace.` : 'No resources found');
  }
  return context.exitCode;
}

function optionsFor({ flags }: KubectlContext, { resource }: Target, several: boolean): TableOptions {
  return {
    wide: flags.text('output') === 'wide',
    withNamespace: flags.is('all-namespaces') && resource.namespaced,
    showLabels: flags.is('show-labels'),
    labelColumns: flags.list('label-columns').flatMap((each) => each.split(',')),
    prefix: several ? `${singularName(resource)}/` : '',
  };
}

function aligned(rows: readonly (readonly string[])[]): string {
  return `${tabbed(rows.map((row) => row.join('\t')).join('\n'), TABLE_TABS)}\n`;
}

function sorting({ flags }: KubectlContext): boolean {
  return flags.text('sort-by') !== '';
}

function sortObjects(found: Found[], path: string): Found[] {
  if (path === '') return found;
  const keyed = found.map((each) => ({ each, key: keyOf(path, each.object) }));
  return keyed.sort((a, b) => compare(a.key, b.key)).map(({ each }) => each);
}

function sortTable(table: JsonObject, path: string): JsonObject {
  if (path === '') return table;
  const keyed = objects(table, 'rows').map((row) => ({ row, key: keyOf(path, at(row, 'object')) }));
  return { ...table, rows: keyed.sort((a, b) => compare(a.key, b.key)).map(({ row }) => row) };
}

function keyOf(path: string, value: unknown): unknown {
  return findAll(parsePath(relaxed(path)), [value])[0];
}

function compare(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  if (isObject(a) || isObject(b)) throw failure('unsortable type: map');
  return (a as string) < (b as string) ? -1 : (a as string) > (b as string) ? 1 : 0;
}

/** Rows as they come; columns keep the widths that they have had (printers with RememberWidths). */
async function watch(context: KubectlContext, targets: readonly Target[]): Promise<number> {
  const { client, flags, environment } = context;
  const [target, ...others] = targets;
  if (target === undefined) return 0;
  if (others.length > 0) throw failure('you may only specify a single resource type');
  const { resource, namespace, name } = target;
  const fieldSelector = name === undefined ? flags.text('field-selector') : `metadata.name=${name}`;
  const query = { ...selectionQuery(context), fieldSelector };
  const first = await client.get({ resource, namespace }, query, TABLE);
  let widths: number[] = [];
  let head = !flags.is('no-headers');
  const options = optionsFor(context, target, flags.is('show-kind'));
  const print = (table: JsonObject) => {
    const cells = tableCells(table, options);
    const rows = head ? cells : cells.slice(1);
    head = false;
    widths = (cells[0] ?? []).map((_, i) =>
      Math.max(widths[i] ?? 0, ...rows.map((row) => (row[i] ?? '').length + 3), 6),
    );
    for (const row of rows) {
      environment.stdout(
        `${row.map((each, i) => (i === row.length - 1 ? each : each.padEnd(widths[i] ?? 0))).join('')}\n`,
      );
    }
  };
  if (objects(first, 'rows').length > 0 && !flags.is('watch-only')) print(first);
  const { columnDefinitions } = first;
  const resourceVersion = text(first, 'metadata', 'resourceVersion');
  await client.watch({ resource, namespace }, { ...query, limit: '', resourceVersion }, TABLE, (type, object) => {
    if (type === 'ERROR') throw new ServerError(number(object, 'code'), object);
    if (type !== 'BOOKMARK')
      // Only the first event of a watch has them.
      print({ ...object, ...(objects(object, 'columnDefinitions').length > 0 ? {} : { columnDefinitions }) });
    return false;
  });
  return 0;
}

import type { KubectlContext } from '../context.ts';
import type { KubectlFlags } from '../flags.ts';
import type { JsonObject } from '../json.ts';
import { text } from '../json.ts';
import { failure } from '../kubectl-error.ts';
import { type ApiResource, singularName } from '../resources.ts';
import { printerFor } from './printer.ts';

/** Flags of commands that change objects. */
export const CHANGE_FLAGS = Object.freeze({
  output: { type: 'string', short: 'o', default: '' },
  template: { type: 'string', default: '' },
  'show-managed-fields': { type: 'bool' },
  'dry-run': { type: 'string', default: 'none', bare: 'unchanged' },
  'field-manager': { type: 'string', default: '' },
} as const satisfies KubectlFlags);

/** What `--dry-run` asks for (cmdutil.GetDryRunStrategy). */
export type DryRun = 'none' | 'client' | 'server';

export function dryRunOf({ flags }: KubectlContext): DryRun {
  const value = flags.text('dry-run');
  if (value === 'none' || value === 'client' || value === 'server') return value;
  if (/^(true|false)$/.test(value)) return value === 'true' ? 'client' : 'none';
  if (value === 'unchanged')
    throw failure('--dry-run flag without a value was specified. A value must be set: "none", "server", or "client".');
  throw failure(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`);
}

/** Query parameters of a write. */
export function writeQuery(context: KubectlContext, fieldManager: string): Record<string, string> {
  const manager = context.flags.text('field-manager') || fieldManager;
  return { ...(dryRunOf(context) === 'server' ? { dryRun: 'All' } : {}), fieldManager: manager };
}

/** `deployment.apps/web scaled`, or the object where `-o` asks for it. */
export function printChanged(context: KubectlContext, resource: ApiResource, value: JsonObject, verb: string): void {
  const name = text(value, 'metadata', 'name');
  const nameOf = () => `${singularName(resource)}/${name}`;
  const print = printerFor(context.flags.text('output'), nameOf, {
    managedFields: context.flags.is('show-managed-fields'),
  });
  const suffix = { none: '', client: ' (dry run)', server: ' (server dry run)' }[dryRunOf(context)];
  context.environment.stdout(print === undefined ? `${nameOf()} ${verb}${suffix}\n` : print(value));
}

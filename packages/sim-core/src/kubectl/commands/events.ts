import { humanDuration } from '../../apimachinery/human-duration.ts';
import { parseTimestamp } from '../../apimachinery/timestamp.ts';
import type { KubectlCommand, KubectlContext } from '../context.ts';
import type { JsonObject } from '../json.ts';
import { number, objects, text } from '../json.ts';
import { OUTPUT_FLAGS, printerFor } from '../output/printer.ts';
import { TABLE_TABS, tabbed } from '../output/tabwriter.ts';
import { resourceTargets } from '../resource-args.ts';
import { apiVersionOf } from '../resources.ts';

/** `kubectl events` (kubectl/pkg/cmd/events/events.go). */
export const events: KubectlCommand = {
  flags: {
    ...OUTPUT_FLAGS,
    'all-namespaces': { type: 'bool', short: 'A' },
    for: { type: 'string', default: '' },
    types: { type: 'list' },
    'no-headers': { type: 'bool' },
    watch: { type: 'bool', short: 'w' },
  },
  async run(context) {
    const { flags, environment, client } = context;
    const all = flags.is('all-namespaces');
    const resource = (await context.mapper()).expect('events');
    const query = { fieldSelector: await selectorFor(context), limit: 500 };
    const list = await client.get({ resource, namespace: all ? '' : context.namespace }, query);
    const types = flags
      .list('types')
      .flatMap((each) => each.split(','))
      .map((each) => each.toLowerCase());
    const items = objects(list, 'items')
      .filter((each) => types.length === 0 || types.includes(text(each, 'type').toLowerCase()))
      .sort((a, b) => eventTime(a) - eventTime(b));
    const print = printerFor(flags.text('output'), () => '');
    if (print !== undefined) {
      environment.stdout(print({ ...list, items }));
      return 0;
    }
    if (items.length === 0) {
      context.err(all ? 'No events found.' : `No events found in ${context.namespace} namespace.`);
      return 0;
    }
    const head = [...(all ? ['NAMESPACE'] : []), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'];
    const rows = items.map((each) => [
      ...(all ? [text(each, 'metadata', 'namespace')] : []),
      ...cells(each, environment.now()),
    ]);
    const lines = flags.is('no-headers') ? rows : [head, ...rows];
    environment.stdout(`${tabbed(lines.map((line) => line.join('\t')).join('\n'), TABLE_TABS)}\n`);
    return 0;
  },
};

async function selectorFor(context: KubectlContext): Promise<string> {
  const about = context.flags.text('for');
  if (about === '') return '';
  const [target] = await resourceTargets(context, [about]);
  if (target === undefined) return '';
  const pairs = { kind: target.resource.kind, apiVersion: apiVersionOf(target.resource), name: target.name ?? '' };
  return Object.entries(pairs)
    .map(([key, value]) => `involvedObject.${key}=${value}`)
    .join(',');
}

function cells(event: JsonObject, now: number): string[] {
  const object = `${text(event, 'involvedObject', 'kind')}/${text(event, 'involvedObject', 'name')}`;
  return [lastSeen(event, now), text(event, 'type'), text(event, 'reason'), object, text(event, 'message').trim()];
}

/** `3m (x4 over 10m)` (describe.go, events.go getInterval). */
export function lastSeen(event: JsonObject, now: number): string {
  const first = parseTimestamp(text(event, 'firstTimestamp') || text(event, 'eventTime'));
  const count = number(event, 'count');
  const age = (time: number) => (Number.isNaN(time) ? '<unknown>' : humanDuration(now - time));
  if (count > 1) return `${age(eventTime(event))} (x${count} over ${age(first)})`;
  return age(first);
}

/** When it was last seen, milliseconds. */
export function eventTime(event: JsonObject): number {
  return parseTimestamp(text(event, 'lastTimestamp') || text(event, 'firstTimestamp') || text(event, 'eventTime'));
}

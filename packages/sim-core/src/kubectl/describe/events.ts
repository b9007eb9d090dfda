import { eventTime, lastSeen } from '../commands/events.ts';
import type { KubectlContext } from '../context.ts';
import type { JsonObject } from '../json.ts';
import { objects, text } from '../json.ts';

/** The events of an object, below everything else (describe.go DescribeEvents). */
export async function eventLines(context: KubectlContext, object: JsonObject): Promise<string[]> {
  const resource = (await context.mapper()).expect('events');
  const { namespace = '', name = '', uid = '' } = object['metadata'] as Record<string, string>;
  const place = namespace === '' ? '' : `,involvedObject.namespace=${namespace}`;
  const fieldSelector = `involvedObject.name=${name}${place},involvedObject.uid=${uid}`;
  const list = await context.client.get({ resource, namespace }, { fieldSelector, limit: 500 });
  const events = objects(list, 'items').sort((a, b) => eventTime(a) - eventTime(b));
  if (events.length === 0) return ['Events:\t<none>'];
  const now = context.environment.now();
  return [
    'Events:',
    '  Type\tReason\tAge\tFrom\tMessage',
    '  ----\t------\t----\t----\t-------',
    ...events.map(
      (each) =>
        `  ${[text(each, 'type'), text(each, 'reason'), lastSeen(each, now), sourceOf(each), text(each, 'message').trim()].join('\t')}`,
    ),
  ];
}

function sourceOf(event: JsonObject): string {
  const component = text(event, 'source', 'component') || text(event, 'reportingComponent');
  const host = text(event, 'source', 'host');
  // The host of a kubelet's event is the node, which stands above.
  return host === '' || component === 'kubelet' ? component : `${component}, ${host}`;
}

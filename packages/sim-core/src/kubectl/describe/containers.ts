import type { JsonObject } from '../json.ts';
import { at, number, object, objects, strings, text, texts } from '../json.ts';
import { longTime } from './metadata.ts';
import { probeText } from './probe.ts';

/** Containers, with their statuses where there are any (describe.go describeContainers). @param space in front, in templates */
export function containerLines(
  title: string,
  containers: readonly JsonObject[],
  statuses: readonly JsonObject[],
  pod: JsonObject,
  space = '',
): string[] {
  return [
    `${space}${title}:`,
    ...containers.flatMap((container) =>
      oneContainer(
        container,
        statuses.find((each) => each['name'] === container['name']),
        pod,
        space,
      ),
    ),
  ];
}

function oneContainer(container: JsonObject, status: JsonObject | undefined, pod: JsonObject, space: string): string[] {
  const ports = objects(container, 'ports');
  const listed = (field: string) =>
    ports.map((port) => `${number(port, field)}/${text(port, 'protocol') || 'TCP'}`).join(', ') || '<none>';
  const many = ports.length > 1 ? 's' : '';
  const lines = [
    ...(status === undefined ? [] : [`Container ID:\t${text(status, 'containerID')}`]),
    `Image:\t${text(container, 'image')}`,
    ...(status === undefined ? [] : [`Image ID:\t${text(status, 'imageID')}`]),
    `Port${many}:\t${listed('containerPort')}`,
    `Host Port${many}:\t${listed('hostPort')}`,
    ...commandLines('Command', texts(container, 'command')),
    ...commandLines('Args', texts(container, 'args')),
    ...(status === undefined ? [] : statusLines(status)),
    ...quantityLines('Limits', strings(container, 'resources', 'limits')),
    ...quantityLines('Requests', strings(container, 'resources', 'requests')),
    ...probeLines(container),
    ...envFromLines(container),
    ...envLines(container, pod),
    ...mountLines(container),
  ];
  return [`  ${space === '' ? '' : ' '}${text(container, 'name')}:`, ...lines.map((line) => `    ${line}`)];
}

function commandLines(title: string, words: readonly string[]): string[] {
  return words.length === 0
    ? []
    : [`${title}:`, ...words.flatMap((word) => word.split('\n').map((line) => `  ${line}`))];
}

function statusLines(status: JsonObject): string[] {
  return [
    ...stateLines('State', object(status, 'state')),
    ...(at(status, 'lastState', 'terminated') === undefined
      ? []
      : stateLines('Last State', object(status, 'lastState'))),
    `Ready:\t${status['ready'] === true ? 'True' : 'False'}`,
    `Restart Count:\t${number(status, 'restartCount')}`,
  ];
}

function stateLines(title: string, state: JsonObject): string[] {
  if (at(state, 'running') !== undefined)
    return [`${title}:\tRunning`, `  Started:\t${longTime(text(state, 'running', 'startedAt'))}`];
  if (at(state, 'terminated') !== undefined) {
    const ended = object(state, 'terminated');
    const optional = (name: string, value: string) => (value === '' ? [] : [`  ${name}:\t${value}`]);
    return [
      `${title}:\tTerminated`,
      ...optional('Reason', text(ended, 'reason')),
      ...optional('Message', text(ended, 'message')),
      `  Exit Code:\t${number(ended, 'exitCode')}`,
      ...optional('Signal', number(ended, 'signal') > 0 ? text(ended, 'signal') : ''),
      `  Started:\t${longTime(text(ended, 'startedAt'))}`,
      `  Finished:\t${longTime(text(ended, 'finishedAt'))}`,
    ];
  }
  const reason = text(state, 'waiting', 'reason');
  return [`${title}:\tWaiting`, ...(reason === '' ? [] : [`  Reason:\t${reason}`])];
}

function quantityLines(title: string, quantities: Readonly<Record<string, string>>): string[] {
  const names = Object.keys(quantities).sort();
  return names.length === 0 ? [] : [`${title}:`, ...names.map((name) => `  ${name}:\t${quantities[name]}`)];
}

function probeLines(container: JsonObject): string[] {
  const probes = [
    ['Liveness', 'livenessProbe'],
    ['Readiness', 'readinessProbe'],
    ['Startup', 'startupProbe'],
  ] as const;
  return probes.flatMap(([title, field]) =>
    at(container, field) === undefined ? [] : [`${title}:\t${probeText(object(container, field))}`],
  );
}

function envFromLines(container: JsonObject): string[] {
  const sources = objects(container, 'envFrom');
  if (sources.length === 0) return [];
  const lines = sources.map((source) => {
    const [kind, reference] =
      at(source, 'configMapRef') === undefined
        ? ['Secret', object(source, 'secretRef')]
        : ['ConfigMap', object(source, 'configMapRef')];
    const prefix = text(source, 'prefix') === '' ? '' : ` with prefix '${text(source, 'prefix')}'`;
    return `  ${text(reference, 'name')}\t${kind}${prefix}\tOptional: ${reference['optional'] === true}`;
  });
  return ['Environment Variables from:', ...lines];
}

function envLines(container: JsonObject, pod: JsonObject): string[] {
  const variables = objects(container, 'env');
  if (variables.length === 0) return ['Environment:\t<none>'];
  return ['Environment:', ...variables.flatMap((each) => variableLines(each, pod).map((line) => `  ${line}`))];
}

function variableLines(variable: JsonObject, pod: JsonObject): string[] {
  const name = text(variable, 'name');
  const from = object(variable, 'valueFrom');
  const optional = (source: JsonObject) => `\tOptional: ${source['optional'] === true}`;
  if (at(from, 'fieldRef') !== undefined) {
    const path = text(from, 'fieldRef', 'fieldPath');
    return [`${name}:\t${fieldValue(pod, path)} (${text(from, 'fieldRef', 'apiVersion')}:${path})`];
  }
  if (at(from, 'resourceFieldRef') !== undefined)
    return [
      `${name}:\t${text(from, 'resourceFieldRef', 'containerName')} (${text(from, 'resourceFieldRef', 'resource')})`,
    ];
  if (at(from, 'secretKeyRef') !== undefined) {
    const source = object(from, 'secretKeyRef');
    return [
      `${name}:\t<set to the key '${text(source, 'key')}' in secret '${text(source, 'name')}'>${optional(source)}`,
    ];
  }
  if (at(from, 'configMapKeyRef') !== undefined) {
    const source = object(from, 'configMapKeyRef');
    return [
      `${name}:\t<set to the key '${text(source, 'key')}' of config map '${text(source, 'name')}'>${optional(source)}`,
    ];
  }
  const [first = '', ...rest] = text(variable, 'value').split('\n');
  return [`${name}:\t${first}`, ...rest.map((line) => `\t${line}`)];
}

function fieldValue(pod: JsonObject, path: string): string {
  return text(pod, ...path.split('.'));
}

function mountLines(container: JsonObject): string[] {
  const mounts = objects(container, 'volumeMounts');
  if (mounts.length === 0) return ['Mounts:\t<none>'];
  const sorted = [...mounts].sort((a, b) => (text(a, 'mountPath') < text(b, 'mountPath') ? -1 : 1));
  const lines = sorted.map((mount) => {
    const path = text(mount, 'subPath') === '' ? '' : `,path="${text(mount, 'subPath')}"`;
    return `  ${text(mount, 'mountPath')} from ${text(mount, 'name')} (${mount['readOnly'] === true ? 'ro' : 'rw'}${path})`;
  });
  return ['Mounts:', ...lines];
}

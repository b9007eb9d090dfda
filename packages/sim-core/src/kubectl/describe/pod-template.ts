import type { JsonObject } from '../json.ts';
import { number, objects, strings, text } from '../json.ts';
import { containerLines } from './containers.ts';
import { annotationLines, labelLines, multiline } from './metadata.ts';
import { volumeLines } from './volumes.ts';

/** `Pod Template:` and everything below (describe.go DescribePodTemplate). @param causes annotations to show beside its own */
export function podTemplateLines(template: JsonObject, causes: Readonly<Record<string, string>> = {}): string[] {
  const annotations = { ...strings(template, 'metadata', 'annotations'), ...causes };
  const account = text(template, 'spec', 'serviceAccountName');
  const containers = (title: string, field: string) => {
    const listed = objects(template, 'spec', field);
    return listed.length === 0 ? [] : containerLines(title, listed, [], template, '  ');
  };
  const priorityClass = text(template, 'spec', 'priorityClassName');
  return [
    'Pod Template:',
    ...labelLines('Labels', strings(template, 'metadata', 'labels'), '  '),
    ...(Object.keys(annotations).length > 0 ? annotationLines('Annotations', annotations, '  ') : []),
    ...(account === '' ? [] : [`  Service Account:\t${account}`]),
    ...containers('Init Containers', 'initContainers'),
    ...containers('Containers', 'containers'),
    ...volumeLines(objects(template, 'spec', 'volumes'), '  '),
    ...(priorityClass === '' ? [] : [`  Priority Class Name:\t${priorityClass}`]),
    ...schedulingLines(template, '  '),
  ];
}

/** Node-Selectors and Tolerations. */
export function schedulingLines(pod: JsonObject, indent = ''): string[] {
  return [
    ...labelLines('Node-Selectors', strings(pod, 'spec', 'nodeSelector'), indent),
    ...multiline('Tolerations', objects(pod, 'spec', 'tolerations').map(tolerationText), indent),
  ];
}

function tolerationText(toleration: JsonObject): string {
  const [key, value, effect] = [text(toleration, 'key'), text(toleration, 'value'), text(toleration, 'effect')];
  const head = `${key}${value === '' ? '' : `=${value}`}${effect === '' ? '' : `:${effect}`}`;
  const exists =
    text(toleration, 'operator') === 'Exists' && value === '' ? (head === '' ? 'op=Exists' : ' op=Exists') : '';
  const seconds =
    toleration['tolerationSeconds'] === undefined ? '' : ` for ${number(toleration, 'tolerationSeconds')}s`;
  return `${head}${exists}${seconds}`;
}

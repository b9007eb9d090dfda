import type { JsonObject } from '../json.ts';
import { object as inner, strings, text } from '../json.ts';
import type { Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { metadataLines } from './metadata.ts';

/** describe.go ConfigMapDescriber. */
export const configMap: Describer = async (context, object) => {
  const data = strings(object, 'data');
  const binary = strings(object, 'binaryData');
  return [
    ...head(object),
    'Data',
    '====',
    ...Object.keys(data)
      .sort()
      .flatMap((key) => [`${key}:`, '----', data[key] as string, '']),
    '',
    'BinaryData',
    '====',
    ...Object.keys(binary)
      .sort()
      .flatMap((key) => [`${key}: ${byteLength(binary[key] as string)} bytes`]),
    '',
    ...(await eventLines(context, object)),
  ];
};

/** describe.go describeSecret: sizes only. */
export const secret: Describer = async (_, object) => {
  const data = strings(object, 'data');
  return [
    ...head(object),
    `Type:\t${text(object, 'type')}`,
    '',
    'Data',
    '====',
    ...Object.keys(inner(object, 'data'))
      .sort()
      .map((key) => `${key}:\t${byteLength(data[key] as string)} bytes`),
  ];
};

function head(object: JsonObject): string[] {
  return [
    `Name:\t${text(object, 'metadata', 'name')}`,
    `Namespace:\t${text(object, 'metadata', 'namespace')}`,
    ...metadataLines(object),
    '',
  ];
}

/** Bytes that a base64 text stands for. */
function byteLength(base64: string): number {
  return (base64.replace(/=+$/, '').length * 3) >> 2;
}

import { expect, test } from 'vitest';
import { parsePort } from './parse-port.ts';

test.each([
  ['80', 80],
  ['65535', 65_535],
  ['0', 'port "0" must be > 0'],
  ['65536', 'unable to parse "65536" as a port: strconv.ParseUint: parsing "65536": value out of range'],
  ['-1', 'unable to parse "-1" as a port: strconv.ParseUint: parsing "-1": invalid syntax'],
  ['http', 'unable to parse "http" as a port: strconv.ParseUint: parsing "http": invalid syntax'],
  ['', 'unable to parse "" as a port: strconv.ParseUint: parsing "": invalid syntax'],
])('%j is %j', (text, expected) => {
  expect(parsePort(text)).toBe(expected);
});

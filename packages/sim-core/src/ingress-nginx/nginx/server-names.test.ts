import { describe, expect, test } from 'vitest';
import type { Server } from './configuration.ts';
import { findByName, ServerNamesBuilder } from './server-names.ts';

function namesOf(servers: Readonly<Record<string, readonly string[]>>) {
  const builder = new ServerNamesBuilder<string>();
  for (const [hostname, serverAlias] of Object.entries(servers)) {
    const directives = { serverAlias, appRoot: '', redirectTo: '' } as unknown as Server['directives'];
    builder.add({ hostname, locations: [], directives }, hostname, '0.0.0.0:80');
  }
  return builder.build();
}

describe('the server that a host names', () => {
  const names = namesOf({
    'app.test': ['*.alias.test', '.both.test', 'mail.*', '~^a\\d+\\.test$', '~^B\\.test$'],
    '*.app.test': [],
    'deep.test': ['*.x.alias.test'],
  });
  test.each([
    ['app.test', 'app.test', 'exact'],
    ['x.app.test', '*.app.test', 'wildcard'],
    ['x.y.app.test', undefined, undefined],
    ['-x.app.test', '*.app.test', 'wildcard'],
    ['.app.test', undefined, undefined],
    ['x.alias.test', 'app.test', 'wildcard'],
    ['y.x.alias.test', 'deep.test', 'wildcard'],
    ['alias.test', undefined, undefined],
    ['both.test', 'app.test', 'exact'],
    ['x.both.test', 'app.test', 'wildcard'],
    ['mail.any', 'app.test', 'wildcard'],
    ['mail.', undefined, undefined],
    ['a12.test', 'app.test', 'regex'],
    ['b.test', 'app.test', 'regex'],
    ['ab.test', undefined, undefined],
  ])('%s', (host, server, match) => {
    expect(findByName(names, host)).toEqual(server === undefined ? undefined : { server, match });
  });
});

test.each(['*', '*a', '.'])('%s is invalid', (name) => {
  const built = new ServerNamesBuilder<string>();
  const server = { hostname: name, directives: { serverAlias: [] } } as unknown as Server;
  expect(() => built.add(server, 'x', '0.0.0.0:80')).toThrow(`nginx: [emerg] server name "${name}" is invalid`);
});

test.each(['www.*.app.test', '*.*.test', 'a..test', 'a*.test'])('%s is none', (name) => {
  expect(() => namesOf({ 'app.test': [name] })).toThrow(
    `nginx: [emerg] invalid server name or wildcard "${name}" on 0.0.0.0:80`,
  );
});

import { expect, test } from 'vitest';
import { matchesRule, type Subject } from './rules.ts';

const POD: Subject = {
  operation: 'CREATE',
  group: '',
  version: 'v1',
  resource: 'pods',
  subresource: '',
  namespace: 'default',
};
const RULE = { operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] };

test.each([
  [{}, {}, true],
  [{ operations: ['UPDATE'] }, {}, false],
  [{ operations: ['*'] }, {}, true],
  [{ apiGroups: ['*'], apiVersions: ['*'], resources: ['*'] }, {}, true],
  [{ apiGroups: ['apps'] }, {}, false],
  [{ apiVersions: ['v2'] }, {}, false],
  [{ resources: ['services', 'pods'] }, {}, true],
  // A subresource is another matter than its object.
  [{}, { subresource: 'status' }, false],
  [{ resources: ['*'] }, { subresource: 'status' }, false],
  [{ resources: ['pods/status'] }, { subresource: 'status' }, true],
  [{ resources: ['pods/status'] }, {}, false],
  [{ resources: ['pods/*'] }, { subresource: 'status' }, true],
  [{ resources: ['pods/*'] }, {}, true],
  [{ resources: ['*/status'] }, { subresource: 'status' }, true],
  [{ resources: ['*/*'] }, { subresource: 'exec' }, true],
  [{ scope: 'Namespaced' }, {}, true],
  [{ scope: 'Cluster' }, {}, false],
  [{ scope: 'Cluster' }, { namespace: '' }, true],
  [{ scope: 'Namespaced' }, { namespace: '' }, false],
  // A Namespace belongs to the cluster, though it is "in" itself.
  [{ scope: 'Cluster', resources: ['namespaces'] }, { resource: 'namespaces', namespace: 'shop' }, true],
  [{ scope: 'Namespaced', resources: ['namespaces'] }, { resource: 'namespaces', namespace: 'shop' }, false],
])('%j is about %j: %s', (rule, subject, expected) => {
  expect(matchesRule({ ...RULE, ...rule }, { ...POD, ...subject })).toBe(expected);
});

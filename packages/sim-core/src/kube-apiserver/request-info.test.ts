import { describe, expect, test } from 'vitest';
import { isTrue, requestInfo } from './request-info.ts';

const read = (method: string, url: string) => {
  const { pathname, searchParams } = new URL(url, 'http://x');
  return requestInfo(method, pathname, searchParams);
};

describe('the path of a request', () => {
  test.each([
    ['GET', '/api/v1/pods', 'list', '', '', 'pods', '', ''],
    ['GET', '/api/v1/namespaces/shop/pods', 'list', '', 'shop', 'pods', '', ''],
    ['GET', '/api/v1/namespaces/shop/pods?watch=True', 'watch', '', 'shop', 'pods', '', ''],
    ['GET', '/api/v1/namespaces/shop/pods/web', 'get', '', 'shop', 'pods', 'web', ''],
    ['GET', '/api/v1/namespaces/shop/pods/web/log', 'get', '', 'shop', 'pods', 'web', 'log'],
    ['POST', '/api/v1/namespaces/shop/pods/web/exec', 'create', '', 'shop', 'pods', 'web', 'exec'],
    ['GET', '/api/v1/namespaces', 'list', '', '', 'namespaces', '', ''],
    ['GET', '/api/v1/namespaces/shop', 'get', '', 'shop', 'namespaces', 'shop', ''],
    ['PUT', '/api/v1/namespaces/shop/finalize', 'update', '', 'shop', 'namespaces', 'shop', 'finalize'],
    ['PUT', '/api/v1/namespaces/shop/status', 'update', '', 'shop', 'namespaces', 'shop', 'status'],
    ['DELETE', '/apis/apps/v1/namespaces/shop/deployments', 'deletecollection', 'apps', 'shop', 'deployments', '', ''],
    ['DELETE', '/apis/apps/v1/namespaces/shop/deployments/web', 'delete', 'apps', 'shop', 'deployments', 'web', ''],
    [
      'PATCH',
      '/apis/apps/v1/namespaces/shop/deployments/web/scale',
      'patch',
      'apps',
      'shop',
      'deployments',
      'web',
      'scale',
    ],
    ['GET', '/api/v1/watch/namespaces/shop/pods', 'watch', '', 'shop', 'pods', '', ''],
    ['GET', '/api/v1/namespaces/shop/pods/a%2Fb', 'get', '', 'shop', 'pods', 'a/b', ''],
    ['GET', '/api/v1/namespaces/shop/pods/%zz', 'get', '', 'shop', 'pods', '%zz', ''],
  ])('%s %s', (method, url, verb, apiGroup, namespace, resource, name, subresource) => {
    const expected = {
      isResourceRequest: true,
      apiVersion: 'v1',
      verb,
      apiGroup,
      namespace,
      resource,
      name,
      subresource,
    };
    expect(read(method, url)).toMatchObject(expected);
  });

  test.each(['/', '/version', '/api', '/api/v1', '/apis', '/apis/apps', '/apis/apps/v1', '/openapi/v3'])(
    '%s',
    (path) => {
      expect(read('GET', path)).toMatchObject({ isResourceRequest: false, verb: 'get', path, resource: '' });
    },
  );
});

test('booleans are read as Go reads them', () => {
  expect(['1', 't', 'True', 'TRUE', ''].map(isTrue)).toEqual([true, true, true, true, true]);
  expect(['0', 'false', 'yes', null].map(isTrue)).toEqual([false, false, false, false]);
});

import type { Finish } from '../lookup.ts';

const KEY = /^[A-Za-z0-9.\-_]+$/;
const VALUE = /^[A-Za-z0-9\-_${}/.]*$/;

/** Parameters of a ConfigMap, which is always one of the Ingress's own namespace (internal/ingress/annotations/fastcgi/main.go). */
export const finishFastcgi: Finish = ({ location, fastcgiParamsFrom }, lookup) => {
  if (fastcgiParamsFrom === '' || lookup === undefined) return undefined;
  const because = (reason: string, effect: 'default' | 'deny' | 'drop') => ({
    annotation: 'fastcgi-params-configmap',
    reason,
    effect,
  });
  const [first = '', name, ...rest] = fastcgiParamsFrom.split('/');
  if (rest.length > 0)
    return because(
      `error reading configmap name from annotation: unexpected key format: ${JSON.stringify(fastcgiParamsFrom)}`,
      'deny',
    );
  if (name !== undefined && first !== '' && first !== lookup.namespace && !lookup.crossNamespace) {
    location.fastcgiIndex = '';
    return because('different namespace is not supported on fast_cgi param configmap', 'default');
  }
  const key = `${lookup.namespace}/${name ?? first}`;
  const params = lookup.configMap(lookup.namespace, name ?? first);
  if (params === undefined)
    return because(`unexpected error reading configmap ${key}: no object matching key "${key}" in local store`, 'deny');
  const pairs = Object.entries(params);
  if (pairs.some(([param, value]) => !KEY.test(param) || !VALUE.test(value)))
    return because('fcgi contains invalid key or value', 'drop');
  location.fastcgiParams = pairs.sort(([a], [b]) => (a < b ? -1 : 1)).flat();
  return undefined;
};

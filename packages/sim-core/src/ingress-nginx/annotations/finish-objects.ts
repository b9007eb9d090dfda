import type { Finish } from './lookup.ts';

/** The Service of default-backend must be there (internal/ingress/annotations/defaultbackend/main.go). */
export const finishErrorPages: Finish = ({ location, defaultBackend, disableInterceptErrors }, lookup) => {
  if (disableInterceptErrors) location.interceptErrors = false;
  if (defaultBackend === '' || lookup === undefined || lookup.hasService(lookup.namespace, defaultBackend))
    return undefined;
  const reason = `unexpected error reading service ${lookup.namespace}/${defaultBackend}: no object matching key`;
  return { annotation: 'default-backend', reason, effect: 'drop' };
};

/** Headers of a ConfigMap; one that is not allowed denies the location (internal/ingress/annotations/customheaders/main.go). */
export const finishHeaders: Finish = ({ location, customHeaders }, lookup) => {
  if (customHeaders === '' || lookup === undefined) return undefined;
  const [name = '', namespace = lookup.namespace] = customHeaders.split('/').reverse();
  const headers = lookup.configMap(namespace, name);
  const deny = (reason: string) => ({ annotation: 'custom-headers', reason, effect: 'deny' as const });
  if (headers === undefined) return deny(`unable to find configMap ${namespace}/${name}`);
  const refused = Object.keys(headers).find((header) => !lookup.allowedResponseHeaders.has(header.toLowerCase()));
  if (refused !== undefined)
    return deny(`header ${refused} is not allowed, defined allowed headers inside global-allowed-response-headers`);
  location.customHeaders = Object.entries(headers).flat();
  return undefined;
};

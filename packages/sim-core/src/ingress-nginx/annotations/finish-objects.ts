import type { Finish } from './lookup.ts';

/**
 * A Service of default-backend that is not there is passed over; errors of pods are left alone only where http does not
 * intercept them either (internal/ingress/annotations/defaultbackend/main.go; nginx.tmpl, proxy_intercept_errors).
 */
export const finishErrorPages: Finish = (directives, lookup) => {
  const { location, defaultBackend, disableInterceptErrors, ownHttpErrors } = directives;
  if (ownHttpErrors && !disableInterceptErrors) location.interceptErrors = true;
  if (defaultBackend === '' || lookup === undefined || lookup.hasService(lookup.namespace, defaultBackend))
    return undefined;
  directives.defaultBackend = '';
  const reason = `unexpected error reading service ${lookup.namespace}/${defaultBackend}: no object matching key`;
  return { annotation: 'default-backend', reason, effect: 'default' };
};

const HEADER = /^[a-zA-Z\d\-_]+$/;
const VALUE = /^[a-zA-Z\d_ :;.,\\/"'?!(){}[\]@<>=\-+*#$&`|~^%]+$/;

/**
 * Headers of a ConfigMap, `namespace/name`; one that is not allowed, letter by letter, denies the location
 * (internal/ingress/annotations/customheaders/main.go).
 */
export const finishHeaders: Finish = ({ location, customHeaders }, lookup) => {
  if (customHeaders === '' || lookup === undefined) return undefined;
  const deny = (reason: string) => ({ annotation: 'custom-headers', reason, effect: 'deny' as const });
  const [namespace = '', name = ''] = customHeaders.split('/');
  const headers = name === '' ? undefined : lookup.configMap(namespace, name);
  if (headers === undefined) return deny(`unable to find configMap "${customHeaders}"`);
  for (const [header, value] of Object.entries(headers)) {
    if (!HEADER.test(header)) return deny('invalid header name in configmap');
    if (!VALUE.test(value)) return deny('invalid header value in configmap');
    if (!lookup.allowedResponseHeaders.has(header))
      return deny(`header ${header} is not allowed, defined allowed headers inside global-allowed-response-headers`);
  }
  location.customHeaders = Object.entries(headers).flat();
  return undefined;
};

/**
 * Annotations of the release that do nothing here (without prefix): the doctor names them, and tells a name that nobody
 * knows from one that only the simulation does not know (docs/user-guide/nginx-configuration/annotations-risk.md).
 */
export const NOT_SIMULATED: ReadonlySet<string> = new Set([
  'fastcgi-index',
  'fastcgi-params-configmap',
  'proxy-ssl-ciphers',
  'proxy-ssl-name',
  'proxy-ssl-protocols',
  'proxy-ssl-secret',
  'proxy-ssl-server-name',
  'proxy-ssl-verify',
  'proxy-ssl-verify-depth',
  'ssl-passthrough',
]);

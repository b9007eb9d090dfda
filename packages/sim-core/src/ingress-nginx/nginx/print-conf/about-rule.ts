import type { Conf } from './conf.ts';

/** What an error backend is told of the rule that it stands in for (nginx.tmpl). */
export const ABOUT_RULE: readonly Conf[] = Object.freeze([
  'proxy_set_header X-Namespace $namespace;',
  'proxy_set_header X-Ingress-Name $ingress_name;',
  'proxy_set_header X-Service-Name $service_name;',
  'proxy_set_header X-Service-Port $service_port;',
]);

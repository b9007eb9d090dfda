import { ABOUT_RULE } from './about-rule.ts';
import { block } from './conf.ts';
import { from, type Printer } from './printer.ts';
import type { LocationContext } from './printing.ts';

/** Statuses that the error backend answers for, from the root of its own (template.go, CUSTOM_ERRORS). */
export const CUSTOM_HTTP_ERRORS: Printer<readonly number[], LocationContext> = from(
  ['custom-http-errors', 'default-backend'],
  (codes, context) =>
    isThere(context)
      ? codes.map((code) => `error_page ${code} = ${name(context, code)};`)
      : codes.map((code) => `# error_page ${code}: the error backend has no endpoints`),
  {
    beside: (codes, context) =>
      isThere(context)
        ? codes.map((code) =>
            block(`location ${name(context, code)}`, [
              'internal;',
              'proxy_intercept_errors off;',
              `proxy_set_header X-Code ${code};`,
              'proxy_set_header X-Format $http_accept;',
              'proxy_set_header X-Original-URI $request_uri;',
              ...ABOUT_RULE,
              'proxy_set_header X-Request-ID $req_id;',
              'proxy_set_header Host $best_http_host;',
              `set $proxy_upstream_name "${context.location.directives.errorBackend}";`,
              'rewrite (.*) / break;',
              `proxy_pass http://${context.location.directives.errorBackend};`,
            ]),
          )
        : [],
  },
);

function isThere({ location, printing }: LocationContext): boolean {
  const { errorBackend } = location.directives;
  const upstream = printing.configuration.upstreams.find(({ name: each }) => each === errorBackend);
  return upstream !== undefined && upstream.endpoints.length > 0;
}

function name({ location }: LocationContext, code: number): string {
  return `@custom_${location.directives.errorBackend}_${code}`;
}

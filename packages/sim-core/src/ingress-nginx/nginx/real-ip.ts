import type { HttpDirectives } from './directives.ts';
import type { RequestContext } from './request-context.ts';
import { httpVariable } from './variables.ts';

const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[?[0-9a-fA-F:]+(?:\.\d+){0,3}\]?)$/;

/**
 * `$remote_addr` under use-forwarded-headers: the first address of the header, as every address is trusted by default
 * (ngx_http_realip_module with real_ip_recursive on and proxy-real-ip-cidr 0.0.0.0/0). Reading goes from the right and
 * stops at something that is no address.
 */
export function clientAddress(context: RequestContext, http: HttpDirectives): string {
  const { request, running } = context;
  const variable = http.forwardedForHeader.toLowerCase().replaceAll('-', '_');
  const header =
    variable === 'x_forwarded_for'
      ? context.forwardedFor
      : (httpVariable(request.headers, variable, running.names) ?? '');
  let address = request.remoteAddress;
  if (header === '') return address;
  const hops = header.split(',');
  for (let i = hops.length - 1; i >= 0; i--) {
    const hop = (hops[i] as string).trim();
    if (!ADDRESS.test(hop)) return address;
    address = hop;
  }
  return address;
}

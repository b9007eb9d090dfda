import type { AddressList } from './cidr.ts';
import type { RequestContext } from './request-context.ts';
import { httpVariable } from './variables.ts';

const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[?[0-9a-fA-F:]+(?:\.\d+){0,3}\]?)$/;

/**
 * `$remote_addr` where the peer may say for whom it asks: from the right of the header, as far as whoever named an address is
 * trusted and what it named is one (ngx_http_realip_module with real_ip_recursive on).
 * @param trusted `proxy-real-ip-cidr`
 */
export function clientAddress(context: RequestContext, trusted: AddressList): string {
  const { remoteAddress } = context.request;
  const header = forwardedHeader(context);
  if (header === '' || !trusted.has(remoteAddress)) return remoteAddress;
  let address = remoteAddress;
  const hops = header.split(',');
  for (let i = hops.length - 1; i >= 0 && trusted.has(address); i--) {
    const hop = (hops[i] as string).trim();
    if (!ADDRESS.test(hop)) return address;
    address = hop;
  }
  return address;
}

/** What the client sent as `forwarded-for-header`; '' for nothing. */
export function forwardedHeader({ request, running, forwardedFor }: RequestContext): string {
  const variable = running.compiledHttp.forwardedForVariable;
  return variable === undefined ? forwardedFor : (httpVariable(request.headers, variable, running.names) ?? '');
}

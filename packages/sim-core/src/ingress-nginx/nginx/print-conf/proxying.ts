import type { LocationDirectives } from '../directives.ts';
import { onOff, size } from './conf.ts';
import { from, type Printers } from './printer.ts';
import type { LocationContext } from './printing.ts';

/** How requests go to a pod, and answers come back. */
type Proxying = Pick<
  LocationDirectives,
  | 'proxyBuffering'
  | 'proxyBufferSize'
  | 'proxyBuffersNumber'
  | 'proxyBusyBuffersSize'
  | 'proxyMaxTempFileSize'
  | 'proxyRequestBuffering'
  | 'clientBodyBufferSize'
  | 'proxyHttpVersion'
  | 'proxyCookieDomain'
  | 'proxyCookiePath'
  | 'limitRate'
  | 'limitRateAfter'
  | 'absoluteRedirect'
  | 'portInRedirect'
  | 'rewriteLog'
  | 'http2PushPreload'
  | 'modsecurity'
  | 'opentelemetry'
>;

/** How these directives are printed; what stock nginx has no module for, or takes no more, as a comment. */
export const PROXYING: Printers<Proxying, LocationContext> = Object.freeze<Printers<Proxying, LocationContext>>({
  proxyBuffering: from('proxy-buffering', (on) => [`proxy_buffering ${onOff(on)};`]),
  proxyBufferSize: from('proxy-buffer-size', (bytes) => [`proxy_buffer_size ${size(bytes)};`]),
  proxyBuffersNumber: from(['proxy-buffers-number', 'proxy-buffer-size'], (number, { location: { directives } }) => [
    `proxy_buffers ${number} ${size(directives.proxyBufferSize)};`,
  ]),
  proxyBusyBuffersSize: from('proxy-busy-buffers-size', (bytes) => [`proxy_busy_buffers_size ${size(bytes)};`]),
  proxyMaxTempFileSize: from('proxy-max-temp-file-size', (bytes) => [`proxy_max_temp_file_size ${size(bytes)};`]),
  proxyRequestBuffering: from('proxy-request-buffering', (on) => [`proxy_request_buffering ${onOff(on)};`]),
  clientBodyBufferSize: from('client-body-buffer-size', (bytes) => [`client_body_buffer_size ${size(bytes)};`]),
  proxyHttpVersion: from('proxy-http-version', (version) => [`proxy_http_version ${version};`]),
  proxyCookieDomain: from('proxy-cookie-domain', (text) => [`proxy_cookie_domain ${text};`]),
  proxyCookiePath: from('proxy-cookie-path', (text) => [`proxy_cookie_path ${text};`]),
  limitRate: from('limit-rate', (bytes) => (bytes > 0 ? [`limit_rate ${size(bytes)};`] : [])),
  limitRateAfter: from('limit-rate-after', (bytes) => (bytes > 0 ? [`limit_rate_after ${size(bytes)};`] : [])),
  absoluteRedirect: from('relative-redirects', (on) => (on ? [] : ['absolute_redirect off;'])),
  portInRedirect: from('use-port-in-redirects', (on) => [`port_in_redirect ${onOff(on)};`]),
  rewriteLog: from('enable-rewrite-log', (on) => (on ? ['rewrite_log on;'] : [])),
  http2PushPreload: from('http2-push-preload', (on) => (on ? ['# http2_push_preload on: nginx pushes nothing'] : [])),
  modsecurity: from('enable-modsecurity', ({ enabled }) =>
    enabled ? ['# modsecurity on: inspects nothing here'] : [],
  ),
  opentelemetry: from('enable-opentelemetry', ({ enabled, trustIncomingSpans }) =>
    enabled ? ['# opentelemetry_propagate', `# opentelemetry_trust_incoming_spans ${onOff(trustIncomingSpans)}`] : [],
  ),
});

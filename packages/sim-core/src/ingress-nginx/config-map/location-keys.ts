import { InvalidValue } from '../annotations/define-annotation.ts';
import { parseNetworks, parseOption } from '../annotations/parsers.ts';
import { parseNextUpstream } from '../nginx/directives.ts';
import { type ConfigMapKey, key } from './define-key.ts';
import { readBool, readErrors, readInteger, readOffset, readSeconds, readSize, readText } from './parsers.ts';

const parseOnOff = parseOption('on', 'off');

function readOnOff(value: string): boolean | InvalidValue {
  const word = parseOnOff(value);
  return word instanceof InvalidValue ? word : word === 'on';
}

/** What holds in every location whose annotations say nothing else. */
export const LOCATION_KEYS: readonly ConfigMapKey[] = Object.freeze([
  key('client-body-buffer-size', readOffset, (value, { location }) => {
    location.clientBodyBufferSize = value;
  }),
  key('custom-http-errors', readErrors, (value, { location }) => {
    location.customHttpErrors = value;
  }),
  key('denylist-source-range', parseNetworks, (value, { location }) => {
    location.deny = value;
  }),
  key('enable-opentelemetry', readBool, (value, { location }) => {
    location.opentelemetry = { ...location.opentelemetry, enabled: value };
  }),
  key('force-ssl-redirect', readBool, (value, { location }) => {
    location.forceSslRedirect = value;
  }),
  key('limit-rate', readInteger, (value, { location }) => {
    location.limitRate = value * 1024;
  }),
  key('limit-rate-after', readInteger, (value, { location }) => {
    location.limitRateAfter = value * 1024;
  }),
  key('load-balance', readText, (value, { upstream }) => {
    upstream.loadBalance = value === 'ewma' ? 'ewma' : 'round_robin';
  }),
  key('opentelemetry-trust-incoming-span', readBool, (value, { location }) => {
    location.opentelemetry = { ...location.opentelemetry, trustIncomingSpans: value };
  }),
  key('preserve-trailing-slash', readBool, (value, { location }) => {
    location.preserveTrailingSlash = value;
  }),
  key('proxy-body-size', readOffset, (value, { location }) => {
    location.clientMaxBodySize = value;
  }),
  key('proxy-buffer-size', readSize, (value, { location }) => {
    location.proxyBufferSize = value;
  }),
  key('proxy-buffering', readOnOff, (value, { location }) => {
    location.proxyBuffering = value;
  }),
  key('proxy-buffers-number', readInteger, (value, { location }) => {
    location.proxyBuffersNumber = value;
  }),
  key('proxy-busy-buffers-size', readSize, (value, { location }) => {
    location.proxyBusyBuffersSize = value;
  }),
  key('proxy-connect-timeout', readSeconds, (value, { location }) => {
    location.proxyConnectTimeout = value;
  }),
  key('proxy-cookie-domain', readText, (value, { location }) => {
    location.proxyCookieDomain = value;
  }),
  key('proxy-cookie-path', readText, (value, { location }) => {
    location.proxyCookiePath = value;
  }),
  key('proxy-http-version', parseOption<'1.0' | '1.1'>('1.0', '1.1'), (value, { location }) => {
    location.proxyHttpVersion = value;
  }),
  key('proxy-max-temp-file-size', readOffset, (value, { location }) => {
    location.proxyMaxTempFileSize = value;
  }),
  key('proxy-next-upstream', parseNextUpstream, (value, { location }) => {
    location.proxyNextUpstream = value;
  }),
  key('proxy-next-upstream-timeout', readSeconds, (value, { location }) => {
    location.proxyNextUpstreamTimeout = value;
  }),
  key('proxy-next-upstream-tries', readInteger, (value, { location }) => {
    location.proxyNextUpstreamTries = value;
  }),
  key('proxy-read-timeout', readSeconds, (value, { location }) => {
    location.proxyReadTimeout = value;
  }),
  key('proxy-redirect-from', readText, (value, { location }) => {
    location.proxyRedirectFrom = value;
  }),
  key('proxy-redirect-to', readText, (value, { location }) => {
    location.proxyRedirectTo = value;
  }),
  key('proxy-request-buffering', readOnOff, (value, { location }) => {
    location.proxyRequestBuffering = value;
  }),
  key('proxy-send-timeout', readSeconds, (value, { location }) => {
    location.proxySendTimeout = value;
  }),
  key('relative-redirects', readBool, (value, { location }) => {
    location.absoluteRedirect = !value;
  }),
  key('service-upstream', readBool, (value, { upstream }) => {
    upstream.serviceUpstream = value;
  }),
  key('ssl-redirect', readBool, (value, { location }) => {
    location.sslRedirect = value;
  }),
  key('use-port-in-redirects', readBool, (value, { location }) => {
    location.portInRedirect = value;
  }),
  key('whitelist-source-range', parseNetworks, (value, { location }) => {
    location.allow = value;
  }),
]);

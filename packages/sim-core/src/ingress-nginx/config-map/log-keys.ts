import { type ConfigMapKey, key } from './define-key.ts';
import { readBool, readList, readText } from './parsers.ts';

/** The access log. */
export const LOG_KEYS: readonly ConfigMapKey[] = Object.freeze([
  key('disable-access-log', readBool, (value, { http }) => {
    http.disableAccessLog = value;
  }),
  key('disable-http-access-log', readBool, (value, { http }) => {
    http.disableAccessLog ||= value;
  }),
  key('enable-access-log-for-default-backend', readBool, (value, { http }) => {
    http.accessLogForDefaultBackend = value;
  }),
  key('log-format-escape-json', readBool, (value, { http }) => {
    if (value && http.logFormat.escape === 'default') http.logFormat = { ...http.logFormat, escape: 'json' };
  }),
  key('log-format-escape-none', readBool, (value, { http }) => {
    if (value) http.logFormat = { ...http.logFormat, escape: 'none' };
  }),
  key('log-format-upstream', readText, (value, { http }) => {
    http.logFormat = { ...http.logFormat, text: value };
  }),
  key('skip-access-log-urls', readList, (value, { http }) => {
    http.skipAccessLogUrls = value;
  }),
]);

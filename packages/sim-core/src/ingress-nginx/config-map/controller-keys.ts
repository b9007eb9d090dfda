import { type ConfigMapKey, key } from './define-key.ts';
import { readBool, readList, readText } from './parsers.ts';

const RISKS = Object.freeze(['Low', 'Medium', 'High', 'Critical'] as const);

/** In capitals or not; what is no risk lets only the lowest in (annotations/parser/main.go, StringRiskToRisk). */
function readRisk(value: string): (typeof RISKS)[number] {
  return RISKS.find((risk) => risk.toLowerCase() === value.toLowerCase()) ?? 'Low';
}

/** What the controller itself goes by. */
export const CONTROLLER_KEYS: readonly ConfigMapKey[] = Object.freeze([
  key('add-headers', readText, (value, { controller }) => {
    controller.addHeaders = value;
  }),
  key('allow-cross-namespace-resources', readBool, (value, { controller }) => {
    controller.allowCrossNamespaceResources = value;
  }),
  key('allow-snippet-annotations', readBool, (value, { controller }) => {
    controller.allowSnippetAnnotations = value;
  }),
  key('annotation-value-word-blocklist', readText, (value, { controller }) => {
    controller.annotationValueWordBlocklist = value === '' ? [] : value.split(',');
  }),
  key('annotations-risk-level', readRisk, (value, { controller }) => {
    controller.annotationsRiskLevel = value;
  }),
  key('disable-proxy-intercept-errors', readBool, (value, { controller }) => {
    controller.disableInterceptErrors = value;
  }),
  key('global-allowed-response-headers', readList, (value, { controller }) => {
    controller.allowedResponseHeaders = new Set(value);
  }),
  key('proxy-set-headers', readText, (value, { controller }) => {
    controller.proxySetHeaders = value;
  }),
  key('proxy-ssl-location-only', readBool, (value, { controller }) => {
    controller.proxySslLocationOnly = value;
  }),
  key('strict-validate-path-type', readBool, (value, { controller }) => {
    controller.strictValidatePathType = value;
  }),
]);

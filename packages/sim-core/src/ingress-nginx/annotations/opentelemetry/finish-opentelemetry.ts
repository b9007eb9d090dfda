import type { Finish } from '../lookup.ts';

/**
 * An Ingress that says nothing of it has what the ConfigMap says. The other two annotations count only where this one
 * switches it on (internal/ingress/annotations/opentelemetry/main.go; template.go, buildOpentelemetryForLocation).
 */
export const finishOpentelemetry: Finish = ({ location, opentelemetry }) => {
  const { enabled, operationName, trustIncomingSpan } = opentelemetry;
  if (enabled === undefined) return undefined;
  const { trustIncomingSpans } = location.opentelemetry;
  location.opentelemetry = enabled
    ? { enabled, operationName, trustIncomingSpans: trustIncomingSpan ?? trustIncomingSpans }
    : { ...location.opentelemetry, enabled };
  return undefined;
};

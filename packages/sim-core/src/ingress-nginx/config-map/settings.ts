import type { HttpDirectives, LocationDirectives, UpstreamDirectives } from '../nginx/directives.ts';
import type { GlobalAuth } from './global-auth.ts';

/** What the ConfigMap sets: for the whole proxy, and for locations where no annotation says otherwise. */
export interface GlobalDirectives {
  readonly http: HttpDirectives;
  readonly location: LocationDirectives;
  readonly upstream: UpstreamDirectives;
  readonly controller: ControllerSettings;
  /** In `location` too, once all is read. */
  readonly globalAuth: GlobalAuth;
}

/** What the ConfigMap sets for the controller itself. */
export interface ControllerSettings {
  /** Headers that `custom-headers` may set. */
  allowedResponseHeaders: ReadonlySet<string>;
  /** Whether annotations may name objects of other namespaces. */
  allowCrossNamespaceResources: boolean;
  /** Whether pods' own error answers are left alone. */
  disableInterceptErrors: boolean;
  /** Highest risk of annotations that is let in. */
  annotationsRiskLevel: 'Low' | 'Medium' | 'High' | 'Critical';
  /** Whether the admission webhook lets snippets in. */
  allowSnippetAnnotations: boolean;
  /** Words that no value of an annotation may hold; as they stand between the commas. */
  annotationValueWordBlocklist: readonly string[];
  /** Whether `proxy-ssl-…` hold in the locations of their Ingress only, and not in the whole server. */
  proxySslLocationOnly: boolean;
  /** Whether paths with signs that mean something in a regex must be ImplementationSpecific. */
  strictValidatePathType: boolean;
  /** ConfigMap (`namespace/name`) whose data are headers of every answer; '' for none. */
  addHeaders: string;
  /** The same for every request to a pod. */
  proxySetHeaders: string;
}

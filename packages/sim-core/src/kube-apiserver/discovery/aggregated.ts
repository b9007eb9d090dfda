import type { Kind } from '../../apimachinery/kind.ts';
import type { Scheme } from '../../apimachinery/scheme.ts';
import { type ApiGroup, groupsOf, subresourcesOf, verbsOf } from './groups.ts';

/** Versions of apidiscovery.k8s.io that we speak; they are the same in what they say. */
export type DiscoveryVersion = 'v2' | 'v2beta1';

/** `GET /api` for a client that asks for everything at once (apidiscovery.k8s.io APIGroupDiscoveryList). */
export function aggregatedApi(scheme: Scheme, version: DiscoveryVersion): unknown {
  return discoveryList(
    groupsOf(scheme).filter(({ name }) => name === ''),
    version,
  );
}

/** `GET /apis` for a client that asks for everything at once. */
export function aggregatedApis(scheme: Scheme, version: DiscoveryVersion): unknown {
  return discoveryList(
    groupsOf(scheme).filter(({ name }) => name !== ''),
    version,
  );
}

function discoveryList(groups: readonly ApiGroup[], version: DiscoveryVersion): unknown {
  const items = groups.map(({ name, versions }) => ({
    metadata: { ...(name !== '' && { name }), creationTimestamp: null },
    versions: versions.map((each) => ({
      version: each.version,
      resources: each.kinds.map(resourceEntry),
      freshness: 'Current',
    })),
  }));
  return { kind: 'APIGroupDiscoveryList', apiVersion: `apidiscovery.k8s.io/${version}`, metadata: {}, items };
}

function resourceEntry(kind: Kind) {
  const { resource, singular: singularResource, namespaced, shortNames, categories } = kind;
  const subresources = subresourcesOf(kind).map(({ name, answers, verbs }) => ({
    subresource: name,
    responseKind: answers,
    verbs,
  }));
  return {
    resource,
    responseKind: { group: '', version: '', kind: kind.kind },
    scope: namespaced ? 'Namespaced' : 'Cluster',
    singularResource,
    verbs: verbsOf(kind),
    ...(shortNames && { shortNames }),
    ...(categories && { categories }),
    ...(subresources.length > 0 && { subresources }),
  };
}

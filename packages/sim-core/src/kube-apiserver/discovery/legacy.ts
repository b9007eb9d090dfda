import { sha256 } from '@noble/hashes/sha2.js';
import { apiVersionOf, type Kind } from '../../apimachinery/kind.ts';
import type { Scheme } from '../../apimachinery/scheme.ts';
import { storedKind } from '../stored-version.ts';
import { type ApiGroup, type GroupVersion, groupNamed, groupsOf, subresourcesOf, verbsOf } from './groups.ts';

/** `GET /api` (meta/v1 APIVersions). @param address host:port at which the server is reached */
export function apiVersions(address: string): unknown {
  return {
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: address }],
  };
}

/** `GET /apis` (meta/v1 APIGroupList). */
export function apiGroupList(scheme: Scheme): unknown {
  const groups = groupsOf(scheme).filter(({ name }) => name !== '');
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(groupEntry) };
}

/** `GET /apis/apps`; undefined: no such group. */
export function apiGroup(scheme: Scheme, name: string): unknown {
  const group = groupsOf(scheme).find((each) => each.name === name && name !== '');
  return group && { kind: 'APIGroup', apiVersion: 'v1', ...groupEntry(group) };
}

/** `GET /api/v1`, `GET /apis/apps/v1` (meta/v1 APIResourceList); undefined: no such version. */
export function apiResourceList(scheme: Scheme, group: string, version: string): unknown {
  const found = groupNamed(scheme, group).versions.find((each) => each.version === version);
  if (found === undefined) return undefined;
  const head = {
    kind: 'APIResourceList',
    ...(group !== '' && { apiVersion: 'v1' }),
    groupVersion: apiVersionOf(found),
  };
  return { ...head, resources: found.kinds.flatMap(resourceEntries) };
}

function groupEntry({ name, versions }: ApiGroup) {
  const listed = versions.map(({ group, version }: GroupVersion) => ({
    groupVersion: apiVersionOf({ group, version }),
    version,
  }));
  return { name, versions: listed, preferredVersion: listed[0] };
}

function resourceEntries(kind: Kind): unknown[] {
  const { resource: name, singular: singularName, namespaced, shortNames, categories } = kind;
  const own = {
    name,
    singularName,
    namespaced,
    kind: kind.kind,
    verbs: verbsOf(kind),
    ...(shortNames && { shortNames }),
    ...(categories && { categories }),
    ...(verbsOf(kind).includes('watch') && { storageVersionHash: storageVersionHash(storedKind(kind)) }),
  };
  const below = subresourcesOf(kind).map((each) => ({
    name: `${name}/${each.name}`,
    singularName: '',
    namespaced,
    ...(each.answers.version !== '' && { group: each.answers.group, version: each.answers.version }),
    kind: each.answers.kind,
    verbs: each.verbs,
  }));
  return [own, ...below];
}

/** The first eight bytes of a hash of where objects are kept (k8s.io/apiserver/pkg/endpoints/discovery/storageversionhash.go). */
function storageVersionHash({ group, version, kind }: Kind): string {
  const hash = sha256(new TextEncoder().encode(`${group}/${version}/${kind}`)).subarray(0, 8);
  return btoa(String.fromCharCode(...hash));
}

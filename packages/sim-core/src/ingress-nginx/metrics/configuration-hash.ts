import type { NginxConfiguration } from '../nginx/configuration.ts';

const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;
const MASK = 0xffffffffffffffffn;

/** A number of 64 bits that changes with the configuration (FNV-1a of its JSON, where the original hashes its structures). */
export function configurationHash({ http, servers, upstreams }: NginxConfiguration): number {
  let hash = OFFSET;
  for (const part of [http, ...servers, ...upstreams]) {
    hash = ((hash ^ BigInt(hash32(JSON.stringify(part)))) * PRIME) & MASK;
  }
  return Number(hash);
}

/** FNV-1a of 32 bits: what is long is done in small numbers. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

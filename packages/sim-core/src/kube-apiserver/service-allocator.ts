import type { Kind } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import type { WriteOptions } from './registry.ts';

/** Hands out what a Service gets from the server: cluster IPs and node ports (pkg/registry/core/service/storage/alloc.go). */
export interface ServiceAllocator {
  /** Fills in what is missing, on a private copy; other kinds pass untouched. @throws StatusError Invalid */
  allocate(kind: Kind, object: KubeObject, old: KubeObject | undefined, options: WriteOptions): void;
  /** Takes back what a deleted object held. */
  release(kind: Kind, object: KubeObject): void;
}

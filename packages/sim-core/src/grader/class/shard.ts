/** One part of a class, for machines that share the work. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** Reads `2/8`; undefined for what is none. */
export function readShard(text: string): Shard | undefined {
  const [, index, count] = /^(\d{1,6})\/(\d{1,6})$/.exec(text.trim()) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  return shard.index >= 1 && shard.index <= shard.count ? shard : undefined;
}

/** The members of one part: every one is in exactly one, and each machine finds its own by itself. */
export function membersOf<T extends { readonly id: string }>(all: readonly T[], { index, count }: Shard): T[] {
  const sorted = [...all].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return sorted.filter((_member, place) => place % count === index - 1);
}

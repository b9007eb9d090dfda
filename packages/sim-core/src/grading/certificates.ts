import type { ClusterOptions } from '../index.ts';

type OfCluster = NonNullable<ClusterOptions['certificates']>;
type Parsed = NonNullable<ReturnType<OfCluster['parse']>>;

/** Makes and reads certificates: what a cluster needs of them, and what is told of one that is shown. */
export interface Certificates extends OfCluster {
  parse(pem: string): (Parsed & { readonly issuerCommonName: string; readonly notBefore: number }) | undefined;
}

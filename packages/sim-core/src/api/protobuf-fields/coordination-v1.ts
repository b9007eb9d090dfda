/** Field numbers of the messages in k8s.io/api/coordination/v1/generated.proto (v1.33); ./index.ts tells how to read them. */
export const COORDINATION_V1_FIELDS: Readonly<Record<string, string>> = Object.freeze({
  Lease: 'metadata=1 spec=2',
  LeaseSpec:
    'holderIdentity=1? leaseDurationSeconds=2? acquireTime=3? renewTime=4? leaseTransitions=5? strategy=6? preferredHolder=7?',
});

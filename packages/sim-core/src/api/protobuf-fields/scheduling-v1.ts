/** Field numbers of the messages in k8s.io/api/scheduling/v1/generated.proto (v1.33); ./index.ts tells how to read them. */
export const SCHEDULING_V1_FIELDS: Readonly<Record<string, string>> = Object.freeze({
  PriorityClass: 'metadata=1 value=2 globalDefault=3 description=4 preemptionPolicy=5?',
});

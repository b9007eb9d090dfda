/** Field numbers of the messages in k8s.io/api/node/v1/generated.proto (v1.33); ./index.ts tells how to read them. */
export const NODE_V1_FIELDS: Readonly<Record<string, string>> = Object.freeze({
  Overhead: 'podFixed=1',
  RuntimeClass: 'metadata=1 handler=2 overhead=3? scheduling=4?',
  Scheduling: 'nodeSelector=1 tolerations=2',
});

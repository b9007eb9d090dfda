import type { KubectlCommand } from '../context.ts';

/** `kubectl cluster-info` (kubectl/pkg/cmd/clusterinfo/clusterinfo.go); without colours, as into a pipe. */
export const clusterInfo: KubectlCommand = {
  flags: {},
  async run(context) {
    const { client, environment } = context;
    await client.send({
      method: 'GET',
      path: '/api/v1/namespaces/kube-system/services?labelSelector=kubernetes.io%2Fcluster-service%3Dtrue',
    });
    context.out(`Kubernetes control plane is running at https://${environment.connection.server}`);
    context.out('');
    context.out("To further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.");
    return 0;
  },
};

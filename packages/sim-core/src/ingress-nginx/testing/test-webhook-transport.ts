import { EndpointSliceLister } from '../../client/endpoint-slice-lister.ts';
import { createWebhookTransport } from '../../cluster/webhook-transport.ts';
import { nodeCertificates } from '../../host/certificates.ts';
import type { WebhookTransport } from '../../kube-apiserver/admission/webhook/transport.ts';
import type { TestIngress } from './test-ingress.ts';

/** The API server's way to webhooks on the network of the test. */
export function webhookTransportOf(world: () => TestIngress): WebhookTransport {
  return {
    post: (question, done) => {
      const { client, network, externalHosts, server } = world();
      const { clock, random } = server;
      const slices = new EndpointSliceLister(client);
      const certificates = nodeCertificates;
      const chance = random.fork('webhooks');
      createWebhookTransport({ client, slices, network, externalHosts, certificates, clock, chance }).post(
        question,
        done,
      );
    },
  };
}

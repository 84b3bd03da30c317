/** MutatingWebhookConfigurations. Models pkg/registry/admissionregistration/mutatingwebhookconfiguration. */
import { defineWebhooks } from './webhooks.ts';

export const mutatingWebhookConfigurations = defineWebhooks('MutatingWebhookConfiguration', {
  reinvocationPolicy: 'Never',
});

/**
 * ValidatingWebhookConfigurations. Models pkg/registry/admissionregistration/validatingwebhookconfiguration.
 */
import { defineWebhooks } from './webhooks.ts';

export const validatingWebhookConfigurations = defineWebhooks('ValidatingWebhookConfiguration', {});

/**
 * MutatingAdmissionWebhook and ValidatingAdmissionWebhook: nothing is asked where no configuration is. Models
 * staging/src/k8s.io/apiserver/pkg/admission/plugin/webhook/{mutating,validating}/plugin.go.
 */
import { mutateByWebhooks, validateByWebhooks } from './dynamic/webhooks.ts';
import type { AdmissionPlugin } from './types.ts';

export const mutatingWebhooks: AdmissionPlugin = {
  name: 'MutatingAdmissionWebhook',
  ofParts: true,
  mutate: (object, request) => (request.view.isExtended ? mutateByWebhooks(object, request)! : object),
  mutateDelete(request) {
    if (request.view.isExtended) mutateByWebhooks(undefined, request);
  },
};

export const validatingWebhooks: AdmissionPlugin = {
  name: 'ValidatingAdmissionWebhook',
  ofParts: true,
  validate(object, request) {
    if (request.view.isExtended) validateByWebhooks(object, request);
  },
};

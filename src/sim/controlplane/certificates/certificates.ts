/**
 * The signers of kube-controller-manager, who give certificates to whom is approved; the approver of
 * kubelets' requests; and the cleaner, who forgets them all. Models pkg/controller/certificates/{signer,
 * approver,cleaner}.
 */
import type { Controller } from '../controller.ts';
import { syncRequest } from './handle.ts';

export const certificateController: Controller<Record<string, never>> = {
  name: 'certificate-controller',
  account: 'certificate-controller',
  watches: ['CertificateSigningRequest'],
  init: () => ({}),

  observe({ type, object, entry }, _state, { queue }) {
    if (type !== 'DELETED') queue.add(object.metadata.name, entry);
  },

  sync: (key, _state, ctx) => syncRequest(key, ctx),
};

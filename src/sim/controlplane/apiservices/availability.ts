/**
 * What the aggregator of kube-apiserver says of APIServices that another server is behind: whether its
 * Service leads anywhere. Models
 * staging/src/k8s.io/kube-aggregator/pkg/controllers/status/remote/remote_available_controller.go; the server
 * behind it is taken to answer as soon as it has an endpoint.
 */
import type { APIService } from '../../api/resources/apiservice.ts';
import type { Controller } from '../controller.ts';
import { syncAvailability } from './verdict.ts';

const SERVICE_NAME = 'kubernetes.io/service-name';

export const apiServiceAvailabilityController: Controller<Record<string, never>> = {
  name: 'apiservice-availability-controller',
  watches: ['APIService', 'Service', 'EndpointSlice'],
  init: () => ({}),

  observe({ type, kind, object, entry }, _state, { queue, cache }) {
    if (kind === 'APIService') {
      if (type !== 'DELETED') queue.add(object.metadata.name, entry);
      return;
    }
    const { namespace, labels } = object.metadata;
    const name = kind === 'Service' ? object.metadata.name : labels?.[SERVICE_NAME];
    for (const { metadata, spec } of cache.list('APIService') as APIService[])
      if (spec.service?.namespace === namespace && spec.service?.name === name)
        queue.add(metadata.name, entry);
  },

  sync: (key, _state, ctx) => syncAvailability(key, ctx),
};

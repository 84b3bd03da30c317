/** What the aggregator promises: an APIService says whether the server behind it is reached. */
import { isAvailable, type Seen, verdictOf } from '../sim/api/apiserviceverdict.ts';
import { leadsToAddOn } from '../sim/api/metricsservice.ts';
import type { APIService } from '../sim/api/resources/apiservice.ts';
import { defineInvariant, told } from './define.ts';
import type { InvariantView, Violation } from './types.ts';

/** What is looked at, as a controller's cache would have it. */
const seenBy = (view: InvariantView): Seen => ({
  service: (namespace, name) => view.find('Service', namespace, name),
  slices: (namespace) =>
    [...view.list('EndpointSlice')].filter(({ metadata }) => metadata.namespace === namespace),
});

export const apiServicesJudged = defineInvariant<null>({
  name: 'api-services-judged',
  asks: 'api',
  about:
    'In the end an APIService that another server is behind is available where its Service leads to a ' +
    'ready endpoint, and is not where it leads nowhere.',
  why: 'one that is said to be unavailable keeps every namespace from being deleted',
  fails: 'In the end an APIService said that its server is not reached, though it was, or the reverse.',
  init: () => null,
  finally(_state, view): Violation | undefined {
    const seen = seenBy(view);
    for (const apiService of view.list('APIService') as Iterable<unknown> as Iterable<APIService>) {
      if (!apiService.spec.service || leadsToAddOn(apiService)) continue;
      const [is, said] = [verdictOf(apiService, seen).status === 'True', isAvailable(apiService)];
      if (is === said) continue;
      const { name } = apiService.metadata;
      return {
        message: told(said ? 'brokenApiServiceLost' : 'brokenApiServiceReached', { name }),
        objects: [apiService],
      };
    }
    return undefined;
  },
});

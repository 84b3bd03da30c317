/**
 * Whether APIServices are available. The test of upstream's was read beside its cases; left out are answers of
 * the server behind one, which is taken to answer.
 */
import type { APIService } from '../../sim/api/resources/apiservice.ts';
import { verdictOf } from '../../sim/api/apiserviceverdict.ts';
import type { CaseArea, ConformanceCase } from './area.ts';

type Fields = Record<string, unknown>;

const PORT = 1234;
const service = (name = 'bar', ports: readonly Fields[] = [{ port: PORT, name: 'testPort' }]): Fields => ({ metadata: { namespace: 'foo', name }, spec: { type: 'ClusterIP', ports } });
const slice = (endpoints: readonly Fields[], portName?: string): Fields => ({
  metadata: { namespace: 'foo', name: 'bar-abc', labels: { 'kubernetes.io/service-name': 'bar' } }, endpoints, ports: portName === undefined ? [] : [{ name: portName, port: PORT }],
});
const VAL = { addresses: ['val'] };

const available = (name: string, services: readonly Fields[], slices: readonly Fields[], reason: string, message: string): ConformanceCase => ({
  name,
  run: () => {
    const seen = { service: (_: string, of: string) => services.find((s) => (s['metadata'] as Fields)['name'] === of), slices: () => slices };
    const api = { metadata: { name: 'remote.group' }, spec: { group: 'remote', version: 'group', service: { namespace: 'foo', name: 'bar', port: PORT } }, status: {} };
    return verdictOf(api as unknown as APIService, seen as never);
  },
  expected: { status: reason === 'Passed' ? 'True' : 'False', reason, message },
});
const MISSING = 'endpointslices for service/bar in "foo" have no addresses with port name "testPort"';

export const apiServiceCases: CaseArea = {
  area: 'availability of APIServices', source: 'staging/src/k8s.io/kube-aggregator/pkg/controllers/status/remote/remote_available_controller_test.go (TestSync)',
  cases: [
    available('no service', [service('not-bar')], [], 'ServiceNotFound', 'service/bar in "foo" is not present'),
    available('service on bad port', [service('bar', [{ port: 6443 }])], [slice([VAL], 'testPort')], 'ServicePortError', `service/bar in "foo" is not listening on port ${PORT}`),
    available('no endpoints', [service()], [], 'EndpointsNotFound', 'cannot find endpointslices for service/bar in "foo"'), available('missing endpoints', [service()], [slice([])], 'MissingEndpoints', MISSING),
    available('wrong endpoint port name', [service()], [slice([VAL], 'wrongName')], 'MissingEndpoints', MISSING),
    available('endpoints not ready', [service()], [slice([{ ...VAL, conditions: { ready: false } }], 'testPort')], 'MissingEndpoints', MISSING), available('remote', [service()], [slice([VAL], 'testPort')], 'Passed', 'all checks passed'),
  ],
};

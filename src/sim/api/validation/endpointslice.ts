/** EndpointSlices, and addresses that may be an endpoint's. Models pkg/apis/discovery/validation. */
import { isNil } from '../defaults/fill.ts';
import type { EndpointSlice } from '../types.ts';
import { type Block, blockOf, isWithin } from './cidr.ts';
import {
  type Causes,
  duplicate,
  invalidValue,
  oneOf,
  problemsAt,
  required,
  tooMany,
  unsupported,
} from './field.ts';
import { validateLabelKey, validateMeta, validateMetaUpdate } from './meta.ts';
import { eachAt } from './rules.ts';
import { ipProblems, isIPv4, labelProblems, portNumberProblems, subdomainProblems } from './text.ts';

type Endpoint = NonNullable<EndpointSlice['endpoints']>[number];
type Port = NonNullable<EndpointSlice['ports']>[number];

const MOST_ENDPOINTS = 1_000;
const MOST_ADDRESSES = 100;
const MOST_PORTS = 20_000;
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const TYPES = ['FQDN', 'IPv4', 'IPv6'];

const blocks = (...texts: readonly string[]): readonly Block[] => texts.map((text) => blockOf(text)!);

/** Blocks whose addresses are no single machine's. */
const SPECIAL: readonly (readonly [problem: string, blocks: readonly Block[]])[] = [
  ["may not be unspecified ('0.0.0.0' or '::')", blocks('0.0.0.0/32', '::/128')],
  ['may not be in the loopback range (127.0.0.0/8, ::1/128)', blocks('127.0.0.0/8', '::1/128')],
  ['may not be in the link-local range (169.254.0.0/16, fe80::/10)', blocks('169.254.0.0/16', 'fe80::/10')],
  [
    'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)',
    blocks('224.0.0.0/24', 'ff02::/16'),
  ],
];

/** What is wrong with an address that others are to reach (ValidateNonSpecialIP of core/validation). */
export function nonSpecialProblems(ip: string): readonly string[] {
  const address = blockOf(`${ip}/${isIPv4(ip) ? 32 : 128}`);
  if (address === undefined) return [];
  return SPECIAL.filter(([, special]) => special.some((one) => isWithin(address, one))).map(
    ([problem]) => problem,
  );
}

function addressProblems(address: string, type: string): readonly string[] {
  if (type === 'FQDN') return subdomainProblems(address);
  if (!TYPES.includes(type)) return [];
  const isOfType = ipProblems(address).length === 0 && isIPv4(address) === (type === 'IPv4');
  return [...(isOfType ? [] : [`must be a valid ${type} address`]), ...nonSpecialProblems(address)];
}

function validateEndpoint(endpoint: Endpoint, type: string, field: string, out: Causes): void {
  const { addresses = [], hostname, nodeName } = endpoint;
  const at = `${field}.addresses`;
  if (addresses.length === 0) out.push(required(at, 'must contain at least 1 address'));
  else if (addresses.length > MOST_ADDRESSES) out.push(tooMany(at, addresses.length, MOST_ADDRESSES));
  eachAt(addresses, at, (address, here) => problemsAt(here, address, addressProblems(address, type), out));
  if (!isNil(nodeName)) problemsAt(`${field}.nodeName`, nodeName, subdomainProblems(nodeName), out);
  if (!isNil(hostname)) problemsAt(`${field}.hostname`, hostname, labelProblems(hostname), out);
}

function validatePorts(ports: readonly Port[], out: Causes): void {
  if (ports.length > MOST_PORTS) out.push(tooMany('ports', ports.length, MOST_PORTS));
  const names = new Set<string>();
  eachAt(ports, 'ports', ({ name = '', port, protocol, appProtocol }, field) => {
    if (name !== '') problemsAt(`${field}.name`, name, labelProblems(name), out);
    if (names.has(name)) out.push(duplicate(`${field}.name`, name));
    names.add(name);
    if (!isNil(protocol) && !PROTOCOLS.includes(protocol))
      out.push(unsupported(`${field}.protocol`, protocol, PROTOCOLS));
    if (!isNil(port)) problemsAt(`${field}.port`, port, portNumberProblems(port), out);
    if (!isNil(appProtocol)) validateLabelKey(appProtocol, `${field}.appProtocol`, out);
  });
}

function validateContents({ addressType, endpoints = [], ports }: EndpointSlice, out: Causes): void {
  oneOf(addressType, TYPES, 'addressType', out);
  if (endpoints.length > MOST_ENDPOINTS) out.push(tooMany('endpoints', endpoints.length, MOST_ENDPOINTS));
  eachAt(endpoints, 'endpoints', (one, field) => validateEndpoint(one, addressType, field, out));
  validatePorts(ports ?? [], out);
}

export function validateEndpointSlice(slice: EndpointSlice, out: Causes): void {
  validateMeta(slice.metadata, true, subdomainProblems, out);
  validateContents(slice, out);
}

export function validateEndpointSliceUpdate(next: EndpointSlice, old: EndpointSlice, out: Causes): void {
  validateMetaUpdate(next.metadata, old.metadata, out);
  validateContents(next, out);
  if (next.addressType !== old.addressType)
    out.push(invalidValue('addressType', next.addressType, 'field is immutable'));
}

/**
 * What the conversion webhook of the agnhost image converts. Models
 * test/images/agnhost/crd-conversion-webhook/converter/example_converter.go.
 */
import type { ConversionClient, VersionConversion } from '../../api/resources/versionconversion.ts';

/** Where it is asked. */
const PATH = '/crdconvert';
const GROUP = 'stable.example.com';

const part = (at: number): string =>
  `has(object.hostPort) ? optional.of(object.hostPort.split(':')[${at}]) : optional.none()`;

/** `hostPort: localhost:8080` of v1 is `host` and `port` in v2. */
const RULES: readonly VersionConversion[] = [
  { from: 'v1', to: 'v2', sets: { host: part(0), port: part(1) }, drops: ['hostPort'] },
  {
    from: 'v2',
    to: 'v1',
    sets: {
      hostPort:
        'has(object.host) || has(object.port) ? ' +
        "optional.of(object.?host.orValue('') + ':' + object.?port.orValue('')) : optional.none()",
    },
    drops: ['host', 'port'],
  },
];

/**
 * The rules of the webhook that a definition names, where agnhost would be asked there by what it converts;
 * whether it is agnhost that answers shows when it is asked.
 */
export const agnhostConverts = (
  group: string,
  { service }: ConversionClient,
): readonly VersionConversion[] | undefined =>
  group === GROUP && service?.path === PATH ? RULES : undefined;

/** Containers that are added to a Pod which runs: what they may be, and what of them may change. */
import { podPartStrategy } from '../../sim/api/strategy/podsubresources.ts';
import type { StatusCause } from '../../sim/api/errors.ts';
import type { Pod } from '../../sim/api/types.ts';
import { defaulted } from '../../sim/api/resources/testing.ts';
import type { CaseArea } from './area.ts';
import { container, pod, prepared, type Fields } from './api-objects.ts';

const F = 'spec.ephemeralContainers';
const FORBIDDEN = 'Forbidden';
const REQUIRED = 'Required value';
const INVALID = 'Invalid value';
const UNSUPPORTED = 'Unsupported value';
const DUPLICATE = 'Duplicate value';
const debug = (more: Fields = {}): Fields => ({ name: 'debug', image: 'image', imagePullPolicy: 'IfNotPresent', terminationMessagePolicy: 'File', ...more });

const PART = podPartStrategy('ephemeralcontainers')!;

/** The Pod with these containers, over one with those before: `field: reason` of what is wrong with it. */
function refusals(next: readonly Fields[] | undefined, old: readonly Fields[], spec: Fields = {}, metadata: Fields = {}): string[] {
  const plain = prepared(pod({ containers: [container()], volumes: [{ name: 'blk', emptyDir: {} }], ...spec }, metadata)) as Pod;
  const withThose = (list: readonly Fields[] | undefined): Pod =>
    defaulted({ ...plain, spec: { ...plain.spec, ...(list === undefined ? {} : { ephemeralContainers: structuredClone(list) }) } } as never) as Pod;
  const before = old.length === 0 ? plain : withThose(old);
  const out: StatusCause[] = [];
  PART.validate(PART.take(withThose(next), before), before, out);
  return out.map((c) => `${c.field}: ${c.reason}`);
}

const INIT = { initContainers: [{ name: 'init', image: 'image' }] };
const probe = { httpGet: { path: '/', port: 80 } };
const ADDED: readonly [string, readonly Fields[], string[], Fields?][] = [
  ['none', [], []],
  ['one', [debug()], []],
  ['two', [debug({ name: 'debug1' }), debug({ name: 'debug2' })], []],
  ['one that looks at a container', [debug({ targetContainerName: 'ctr' })], []],
  ['one that looks at an init container', [debug({ targetContainerName: 'init' })], [], INIT],
  ['all of the fields that one may have', [debug({
    command: ['bash'], args: ['bash'], workingDir: '/', envFrom: [{ configMapRef: { name: 'dummy' } }], env: [{ name: 'TEST', value: 'TRUE' }],
    volumeMounts: [{ name: 'blk', mountPath: '/dev/block' }], terminationMessagePath: '/dev/termination-log', imagePullPolicy: 'Always',
    securityContext: { capabilities: { add: ['SYS_ADMIN'] } }, stdin: true, stdinOnce: true, tty: true,
  })], []],
  ['one of a container’s name', [debug({ name: 'ctr' })], [`${F}[0].name: ${DUPLICATE}`]],
  ['one of an init container’s name', [debug({ name: 'init' })], [`${F}[0].name: ${DUPLICATE}`], INIT],
  ['two of one name', [debug(), debug()], [`${F}[1].name: ${DUPLICATE}`]],
  ['one without a name', [debug({ name: '' })], [`${F}[0].name: ${REQUIRED}`]],
  ['one with no name for a label', [debug({ name: 'a_b' })], [`${F}[0].name: ${INVALID}`]],
  ['one without an image', [debug({ image: '' })], [`${F}[0].image: ${REQUIRED}`]],
  ['white space around the image', [debug({ image: ' image ' })], [`${F}[0].image: ${INVALID}`]],
  ['a termination message policy that is not known', [debug({ terminationMessagePolicy: 'Unknown' })], [`${F}[0].terminationMessagePolicy: ${UNSUPPORTED}`]],
  ['a pull policy that is not known', [debug({ imagePullPolicy: 'Maybe' })], [`${F}[0].imagePullPolicy: ${UNSUPPORTED}`]],
  ['a target that is not there', [debug({ targetContainerName: 'bogus' })], [`${F}[0].targetContainerName: Not found`]],
  ['a target that is an ephemeral container', [debug({ name: 'debug1' }), debug({ targetContainerName: 'debug1' })], [`${F}[1].targetContainerName: Not found`]],
  ['ports', [debug({ ports: [{ containerPort: 80, protocol: 'TCP' }] })], [`${F}[0].ports: ${FORBIDDEN}`]],
  ['requests', [debug({ resources: { requests: { cpu: '1' } } })], [`${F}[0].resources: ${FORBIDDEN}`]],
  ['limits', [debug({ resources: { limits: { memory: '1Gi' } } })], [`${F}[0].resources: ${FORBIDDEN}`]],
  ['a policy of being resized', [debug({ resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }] })], [`${F}[0].resizePolicy: ${FORBIDDEN}`]],
  ['a restart policy', [debug({ restartPolicy: 'Always' })], [`${F}[0].restartPolicy: ${FORBIDDEN}`]],
  ['a liveness probe', [debug({ livenessProbe: probe })], [`${F}[0].livenessProbe: ${FORBIDDEN}`]],
  ['a readiness probe', [debug({ readinessProbe: probe })], [`${F}[0].readinessProbe: ${FORBIDDEN}`]],
  ['a startup probe', [debug({ startupProbe: probe })], [`${F}[0].startupProbe: ${FORBIDDEN}`]],
  ['handlers', [debug({ lifecycle: { preStop: { exec: { command: ['ls', '-l'] } } } })], [`${F}[0].lifecycle: ${FORBIDDEN}`]],
  ['a part of a volume', [debug({ volumeMounts: [{ name: 'blk', mountPath: '/a', subPath: 'foo' }] })], [`${F}[0].volumeMounts[0].subPath: ${FORBIDDEN}`]],
  ['a part of a volume by a variable', [debug({ volumeMounts: [{ name: 'blk', mountPath: '/a', subPathExpr: '$(POD)' }] })], [`${F}[0].volumeMounts[0].subPathExpr: ${FORBIDDEN}`]],
  ['a volume that is not there', [debug({ volumeMounts: [{ name: 'none', mountPath: '/a' }] })], [`${F}[0].volumeMounts[0].name: Not found`]],
];

const CHANGED: readonly [string, readonly Fields[] | undefined, readonly Fields[], string[], Fields?][] = [
  ['nothing', [debug()], [debug()], []],
  ['one more', [debug(), debug({ name: 'more' })], [debug()], []],
  ['one more in front', [debug({ name: 'more' }), debug()], [debug()], []],
  ['two become four', ['a', 'b', 'c', 'd'].map((name) => debug({ name })), ['a', 'c'].map((name) => debug({ name })), []],
  ['their order', ['b', 'a'].map((name) => debug({ name })), ['a', 'b'].map((name) => debug({ name })), []],
  ['one less', [debug()], [debug(), debug({ name: 'more' })], [`${F}: ${FORBIDDEN}`]],
  ['all gone', [], [debug(), debug({ name: 'more' })], [`${F}: ${FORBIDDEN}`, `${F}: ${FORBIDDEN}`]],
  ['another name', [debug({ name: 'firstone' })], [debug()], [`${F}: ${FORBIDDEN}`]],
  ['another image', [debug({ image: 'image:2' })], [debug()], [`${F}: ${FORBIDDEN}`]],
  ['another command', [debug({ command: ['ls'] })], [debug()], [`${F}: ${FORBIDDEN}`]],
  ['one of a Pod that the kubelet has from a file', [debug()], [], [`: ${FORBIDDEN}`], { annotations: { 'kubernetes.io/config.mirror': 'x' } }],
];

export const ephemeralContainerCases: CaseArea = {
  area: 'ephemeral containers',
  source: 'pkg/apis/core/validation/validation_test.go (TestValidateEphemeralContainers, TestValidatePodEphemeralContainersUpdate)',
  cases: [
    ...ADDED.map(([name, next, expected, spec]) => ({ name: `added: ${name}`, run: () => refusals(next, [], spec), expected })),
    ...CHANGED.map(([name, next, old, expected, metadata]) => ({ name: `changed: ${name}`, run: () => refusals(next, old, {}, metadata), expected })),
    {
      name: 'nothing else of the Pod is changed',
      run: () => {
        const old = prepared(pod()) as Pod;
        const next = { ...old, metadata: { ...old.metadata, labels: { a: 'b' } }, spec: { ...old.spec, activeDeadlineSeconds: 5, ephemeralContainers: [debug()] } };
        const taken = PART.take(next as never, old);
        return [taken.metadata.labels ?? null, taken.spec.activeDeadlineSeconds ?? null, taken.spec.ephemeralContainers?.length];
      },
      expected: [null, null, 1],
    },
  ],
};

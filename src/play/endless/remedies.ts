/** What an operator would try on a cluster in trouble: what solutions of drawn levels are made of. */
import type { AssertOperation, Operation } from '../../dsl/operations/operation.ts';
import type { KubeObject, Node } from '../../sim/api/types.ts';
import { PATIENCE_MS } from '../checklevel.ts';
import { after, holdNow } from '../holds.ts';
import type { Live } from '../live.ts';
import { type Scene, settingsOf } from './scene.ts';

const kubectl = (line: string): Operation => ({ op: 'kubectl', lines: [`kubectl ${line}`] });

const isReady = ({ status }: Node): boolean =>
  status?.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') === true;

/** Gentle ones first. */
function remediesFor(live: Live, scene: Scene): Operation[] {
  const { app, replicas, quota, settings, restart } = scene;
  const objects = live.stateAt(live.now) as readonly KubeObject[];
  const nodes = objects.filter((o): o is Node => o.kind === 'Node');
  const lacksSettings = !objects.some((o) => o.kind === 'ConfigMap' && o.metadata.name === settingsOf(scene));
  return [
    ...nodes.filter((n) => n.spec?.unschedulable === true).map((n) => kubectl(`uncordon ${n.metadata.name}`)),
    ...nodes
      .filter((n) => !isReady(n))
      .map((n): Operation => ({ op: 'fault', fault: { kind: 'NodePowerOn', node: n.metadata.name } })),
    kubectl(`scale deployment ${app} --replicas=${replicas}`),
    kubectl(`rollout undo deployment ${app}`),
    ...(settings && lacksSettings
      ? [kubectl(`create configmap ${settingsOf(scene)} --from-literal=GREETING=hello`)]
      : []),
    ...(quota ? [kubectl(`patch resourcequota pods -p '{"spec":{"hard":{"pods":"${replicas + 2}"}}}'`)] : []),
    ...(restart ? [kubectl(`rollout restart deployment ${app}`), kubectl(`delete pods -l app=${app}`)] : []),
  ];
}

/** The shortest way back to what holds: a remedy, or two. @returns undefined where there is none */
export function solutionOf(
  live: Live,
  scene: Scene,
  goals: readonly AssertOperation[],
): readonly Operation[] | undefined {
  const solves = (steps: readonly Operation[]): boolean => {
    const tried = after(live, steps, false);
    tried?.pass(PATIENCE_MS);
    return tried !== undefined && holdNow(tried, goals);
  };
  const single = remediesFor(live, scene).filter((r) => after(live, [r], false) !== undefined);
  const one = single.find((r) => solves([r]));
  if (one !== undefined) return [one];
  const pairs = single.flatMap((a) => single.filter((b) => b !== a).map((b) => [a, b]));
  return pairs.find(solves);
}

/** Makes an entry of the catalogue: fills in what follows from the rest. */
import { arbitraryOf } from './arbitrary.ts';
import { checkCall } from './fields.ts';
import type {
  Fault,
  FaultCall,
  FaultContext,
  FaultParameter,
  Need,
  PhysicalContext,
  Struck,
} from './types.ts';

type Optional = 'arbitrary' | 'parameters' | 'voluntary' | 'remedy' | 'elsewhere';
type Acts = 'needs' | 'strike' | 'tick' | 'heal';

/** What a fault does, given what it asks for. */
interface ActsOf<C extends FaultContext, N extends Need> {
  readonly needs: N;
  readonly strike: (call: FaultCall, ctx: C) => Struck;
  readonly tick?: (call: FaultCall, struck: Struck, ctx: C) => Struck;
  readonly heal?: (call: FaultCall, struck: Struck, ctx: C) => void;
}

/** One that needs the API only is given nothing else, which the compiler holds it to. */
type Given = Omit<Fault, Optional | Acts> &
  Partial<Pick<Fault, Optional>> &
  (ActsOf<FaultContext, 'api'> | ActsOf<PhysicalContext, 'exec' | 'physical'>);

/** How long it lasts: of every fault that can be undone. */
const LASTS: FaultParameter = {
  field: 'forMs',
  about: 'how long it lasts; without, until something heals it',
};

/**
 * A fault of one's own, filled in where the rest says it: parameters, draws for searches.
 * @throws FaultError from its `strike`, for a call it does not understand
 * @example
 * const kubeletStops = defineFault({
 *   kind: 'KubeletStops',
 *   family: 'node',
 *   needs: 'physical',
 *   target: 'node',
 *   about: 'The kubelet process ends.',
 *   heals: 'It is started again.',
 *   phrases: [phrase('the kubelet of node [node] ends', 'ノード[node]のkubeletが終了する')],
 *   strike: (call) => ({ targets: [call.node] }),
 * });
 */
export function defineFault(given: Given): Fault {
  const parameters = [...(given.parameters ?? [])];
  if (given.heal !== undefined && !parameters.some((p) => p.field === 'forMs')) parameters.push(LASTS);
  const fault: Fault = {
    ...given,
    parameters,
    voluntary: given.voluntary ?? false,
    remedy: given.remedy ?? false,
    elsewhere: given.elsewhere ?? {},
    arbitrary: given.arbitrary ?? ((world, fc) => arbitraryOf(fault, world, fc)),
    strike(call, ctx) {
      checkCall(fault, call);
      return given.strike(call, ctx);
    },
  };
  return fault;
}

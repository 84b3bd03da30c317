/**
 * Numbers that may be percentages: `maxUnavailable: 25%`.
 * Models staging/src/k8s.io/apimachinery/pkg/util/intstr/intstr.go (GetScaledValueFromIntOrPercent).
 */
import type { IntOrString } from './types.ts';

/** strconv.Atoi's message for a text that is no int64. */
function atoi(text: string): number {
  if (!/^[+-]?[0-9]+$/.test(text))
    throw new Error(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  if (text.length <= 15) return Number(text);
  const value = BigInt(text);
  if (value >= 2n ** 63n || value < -(2n ** 63n))
    throw new Error(`strconv.Atoi: parsing ${JSON.stringify(text)}: value out of range`);
  return Number(value);
}

/**
 * The number itself, or the percentage of total, rounded up or down. @throws Error with Kubernetes' message
 * for another text
 */
export function scaledValue(v: IntOrString | undefined, total: number, roundUp: boolean): number {
  if (typeof v === 'number') return v;
  if (v === undefined || v === null) throw new Error('nil value for IntOrString');
  const percent = percentOf(v);
  return roundUp ? Math.ceil((percent * total) / 100) : Math.floor((percent * total) / 100);
}

function percentOf(text: string): number {
  if (!text.endsWith('%'))
    throw new Error('invalid value for IntOrString: invalid type: string is not a percentage');
  try {
    return atoi(text.slice(0, -1));
  } catch (error) {
    throw new Error(
      `invalid value for IntOrString: invalid value ${JSON.stringify(text)}: ${(error as Error).message}`,
    );
  }
}

/** Numbers and percentages scaled by a total. */
import { scaledValue } from '../../sim/api/intorstring.ts';
import type { IntOrString } from '../../sim/api/types.ts';
import type { CaseArea } from './area.ts';

const rows: [IntOrString, number, boolean, number | 'refused'][] = [
  [123, 0, false, 123], [123, 100, true, 123], ['90%', 100, true, 90], ['90%', 95, true, 86], ['90%', 95, false, 85], ['%', 100, true, 'refused'], ['90#', 100, true, 'refused'], ['#%', 100, true, 'refused'],
  ['90', 100, true, 'refused'], ['9O%', 100, false, 'refused'], ['1%', 3, true, 1], ['1%', 3, false, 0], ['25%', 10, true, 3], ['25%', 10, false, 2], ['100%', 7, false, 7], ['0%', 7, true, 0],
];

export const intOrStringCases: CaseArea = {
  area: 'numbers and percentages', source: 'staging/src/k8s.io/apimachinery/pkg/util/intstr/intstr_test.go',
  cases: rows.map(([value, total, up, expected]) => ({
    name: `${value} of ${total}, rounded ${up ? 'up' : 'down'}`,
    run: () => {
      try {
        return scaledValue(value, total, up);
      } catch {
        return 'refused';
      }
    },
    expected,
  })),
};

/** How Go prints a selector: LabelSelector.String() of k8s.io/apimachinery/pkg/apis/meta/v1. */
import type { LabelSelector } from './types.ts';

/** `&LabelSelector{MatchLabels:map[string]string{app: web,},MatchExpressions:…}`; `nil` of none */
export function goSelector(selector: LabelSelector | undefined): string {
  if (selector === undefined) return 'nil';
  const labels = Object.entries(selector.matchLabels ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([k, v]) => `${k}: ${v},`)
    .join('');
  const expressions = (selector.matchExpressions ?? [])
    .map(
      (e) =>
        `LabelSelectorRequirement{Key:${e.key},Operator:${e.operator},Values:[` +
        `${(e.values ?? []).join(' ')}],},`,
    )
    .join('');
  return (
    `&LabelSelector{MatchLabels:map[string]string{${labels}},MatchExpressions:[]LabelSelectorRequirement{` +
    `${expressions}},}`
  );
}

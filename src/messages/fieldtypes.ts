/** Of what type the values of faults' parameters are. */
export type FieldType = 'duration' | 'int' | 'percent' | 'quantity' | 'text';

export const FIELD_TYPES: Readonly<Record<FieldType, string>> = {
  duration: 'a duration such as 90s or 5m',
  int: 'a whole number',
  percent: 'a share such as 30%',
  quantity: 'a quantity such as 64Mi',
  text: 'a text',
};

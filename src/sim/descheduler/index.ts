/** The descheduler. */
export { descheduler } from './descheduler.ts';
export { DESCHEDULER } from './names.ts';
export { readPolicy } from './policy.ts';

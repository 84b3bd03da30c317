// The entry of a worker process started from the sources: lets it import TypeScript.
import { register } from 'tsx/esm/api';

register();
const { default: work } = await import('./workerprocess.ts');
export default work;

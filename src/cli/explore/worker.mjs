// The entry of a worker thread: lets it import the TypeScript sources.
import { register } from 'tsx/esm/api';

register();
const { default: work } = await import('./worker.ts');
export default work;

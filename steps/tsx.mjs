// Lets Cucumber import the TypeScript sources: named first among the support files.
import { register } from 'tsx/esm/api';

register();

/** Collects garbage before memory is measured, so that what is shown is what is held. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const { memoryUsage } = process;

Object.assign(process, {
  memoryUsage: Object.assign(() => {
    collect();
    return memoryUsage();
  }, memoryUsage),
});

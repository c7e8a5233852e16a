import { conductContract } from './conduct-store.contract.ts';
import { createMemoryConduct } from './memory-conduct.ts';

conductContract('memory', createMemoryConduct);

import { memoryWriteBrake } from './memory-write-brake.ts';
import { testWriteBrake } from './write-brake.contract.ts';

testWriteBrake(async () => {
  const brake = memoryWriteBrake(3);
  return () => brake;
});

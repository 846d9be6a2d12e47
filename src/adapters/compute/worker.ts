import { parentPort } from 'node:worker_threads';
import { seededUnit } from '../../risk/probability/seeded-unit.ts';
import { simulateLiquidations } from '../../risk/probability/simulate-liquidations.ts';
import type { SimulationRequest } from '../../risk/probability/simulation.ts';

// One request at a time: the pool sends the next when this one is answered.
parentPort?.on('message', (request: SimulationRequest) => {
  parentPort?.postMessage(simulateLiquidations(request, seededUnit(request.seed)));
});

export { explore } from './explore/closure.js';
export { accidental, type AccidentalApp, type AccidentalTools } from './patterns/accidental.js';
export { durable } from './patterns/durable.js';
export { loadScenario } from './load-scenario.js';
export { defineScenario, type Scenario } from './scenario.js';
export { defineService, type ServiceClients, type Services } from './service.js';
export { World } from './world.js';
export { simulate, type SimulateOptions } from './simulate.js';
export { SIMULATOR_ERRORS, type SimulatorErrorCode } from './errors.js';

import { CrashwiseError } from '../engine/index.js';

/** As `ENGINE_ERRORS`: what happens now and what to do, for each code of the simulator. */
export const SIMULATOR_ERRORS = {
  'life-endless': {
    next: 'Nothing was judged.',
    hint: 'Let the process come to rest once nothing is left to do.',
  },
  'schedule-misfit': {
    next: 'Nothing was judged.',
    hint: 'The code has changed since the schedule was printed: simulate again and take the new one.',
  },
  'schedule-unreadable': {
    next: 'Nothing was run.',
    hint: 'Copy the schedule as it was printed, within quotes.',
  },
  'scenario-unsteady': {
    next: 'Nothing is proved.',
    hint: 'The code of the scenario must do the same in the same state: take ids from what it is given, and read no clock.',
  },
  'service-threw': {
    next: 'The simulation stops there: nothing is proved.',
    hint: 'A service answers every request, with a refusal if need be, and returns a new state instead of changing the old.',
  },
  'scenario-invalid': {
    next: 'Nothing was run.',
    hint: 'Export by default what defineScenario() returns; `crashwise init` writes a first one.',
  },
  'scenario-imported': {
    next: 'Nothing is proved.',
    hint: "A path is looked up from the working directory; seen from the test it is new URL('./scenario.ts', import.meta.url).",
  },
  'scenario-not-found': {
    next: 'Nothing was run.',
    hint: 'List what there is: crashwise simulate --list.',
  },
  'fault-unknown': {
    next: 'Nothing was run.',
    hint: 'Name faults of the list, with commas between, or all. A zombie is asked for with --zombies.',
  },
  'pattern-not-found': {
    next: 'Nothing was run.',
    hint: 'Name a pattern that the scenario brings.',
  },
} as const satisfies Record<string, { next: string; hint: string }>;

export type SimulatorErrorCode = keyof typeof SIMULATOR_ERRORS;

export function simulatorError(
  code: SimulatorErrorCode,
  message: string,
  options?: { cause?: unknown },
): CrashwiseError {
  return new CrashwiseError(code, message, SIMULATOR_ERRORS[code], options);
}

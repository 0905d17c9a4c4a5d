// A worker process to be killed: `child.mjs boundary|random <flow> <directory> [moment]`, tests only.
//
// boundary: the engine's worker on a real SQLite file, under the simulator's own schedule; at the given moment it tells
//   its parent over fd 3 and stops itself, so that the kill is known to hit exactly there.
// random: the same worker code with the real clock and no simulator in it; the parent kills it whenever it likes.
//
// What lies outside the process, the services and their ledger, is a file that is replaced atomically.
import { readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Client, SqliteStore, Worker } from 'crashwise/engine';
import { World } from 'crashwise/simulator';
import { Ledger } from '../../dist/simulator/ledger.js';
import { flows } from '../../.test-build/test/kill/flows.js';

const [mode, name, directory, moment] = process.argv.slice(2);
const scenario = flows[name];
const pattern = scenario.patterns.find((one) => one.name === 'durable');
const store = await SqliteStore.open(join(directory, 'engine.db'));

if (mode === 'boundary') await untilMoment(Number(moment));
else await untilKilled();

async function untilMoment(target) {
  const [, browser] = pattern.resources();
  // The store is the real one; the life's snapshots leave it out, the parent reads the file.
  const resources = () => [{ name: 'store', store, part: null, view: () => null }, browser];
  const world = new World(scenario, { ...pattern, resources });
  let index = 0;
  await world.life(
    world.initial,
    { choices: [], faults: [] },
    {
      onMoment({ point, state }) {
        writeWorld({ ...state.parts, store: undefined });
        if (index === target) {
          writeSync(3, JSON.stringify({ point, now: state.now }));
          process.kill(process.pid, 'SIGSTOP');
        }
        index += 1;
      },
    },
  );
  writeSync(3, JSON.stringify({ missed: target }));
}

async function untilKilled() {
  // The parts of the outside world as the simulator names them, changed by the scenario's own services.
  const parts = { ...new World(scenario, pattern).initial.parts, store: undefined };
  const ledger = new Ledger();
  const pause = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
  const call =
    (service, request) =>
    async (...args) => {
      const step = scenario.steps.find(({ effect }) => effect === `${service}.${request}`);
      await pause();
      const answer = scenario.services[service].requests[request](parts[`service ${service}`], ...args);
      parts[`service ${service}`] = answer.state;
      ledger.enter(step.effect, step.key(...args), answer.effect);
      parts.ledger = ledger.part;
      writeWorld(parts);
      await pause();
      return answer.result;
    };
  const clients = Object.fromEntries(
    Object.entries(scenario.services).map(([service, { requests }]) => [
      service,
      Object.fromEntries(Object.keys(requests).map((request) => [request, call(service, request)])),
    ]),
  );
  writeWorld(parts);
  const { workflow, activities, start } = pattern.options;
  const client = new Client({ store });
  const worker = new Worker({ store, workflows: [workflow], activities: activities(clients), pollMs: 5 });
  writeSync(3, JSON.stringify({ ready: true }));
  await client.start(workflow, { ...start, onConflict: 'use-existing' });
  parts.browser = { answered: true };
  writeWorld(parts);
  await worker.run();
}

function writeWorld(parts) {
  const file = join(directory, 'world.json');
  const text = JSON.stringify(parts);
  if (readIfThere(file) === text) return;
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

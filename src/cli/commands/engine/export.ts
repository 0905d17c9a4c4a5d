import { CrashwiseError, ENGINE_ERRORS } from '../../../engine/index.js';
import { toBundle } from '../../../determinism/corpus/to-bundle.js';
import { EXIT, type ExitCode } from '../../../results/exit-codes.js';
import { didYouMean } from '../../closest-name.js';
import type { InputOf } from '../../command-table.js';
import { withDatabase } from '../../open-database.js';
import type { Output } from '../../output.js';
import type { engineExportTable } from '../../tables/engine.js';

/** `crashwise engine export`: one history after the other, so that there may be any number of them. */
export async function exportCommand(input: InputOf<typeof engineExportTable>, output: Output): Promise<ExitCode> {
  const { db, id: ids = [], status } = input;
  return withDatabase(db, { create: false }, async (store) => {
    const known = (await store.list(status ? { status } : {})).map(({ id }) => id);
    const missing = ids.find((id) => !known.includes(id));
    if (missing !== undefined) {
      const message = `There is no ${status ? `${status} ` : ''}execution "${missing}".${didYouMean(missing, known)}`;
      throw new CrashwiseError('execution-not-found', message, ENGINE_ERRORS['execution-not-found']);
    }
    const wanted = ids.length > 0 ? ids : known;
    for (const id of wanted) output.data(`${JSON.stringify(toBundle(await store.history(id)))}\n`);
    if (wanted.length === 0) output.talk(`no ${status ? `${status} ` : ''}executions\n`);
    return EXIT.CLEAN;
  });
}

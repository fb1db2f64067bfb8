// After all journeys: what the town's servers stored and logged holds no name, no reason and no note; and no page complained.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { kGuardian, kNote } from './people.mjs';
import { files_in } from './town.mjs';

export function secrecy(stage) {
  test('hub, feed and logs hold no name, no reason, no note', async () => {
    const { town } = stage;
    await town.stop('hub', 'SIGTERM');
    const { child, birth, class: class_name } = town.facts.parent;
    const [family, given] = child.split(' ');
    const words = [child, family, given, kGuardian, 'はるか', kNote, 'あじさい', birth, class_name, 'かぜ・発熱', '欠席', '遅刻', '吐いた',
      'stomach', 'vomiting', 'leaving-early', 'JFIF', 'KamaishiCam'];  // no figures: a log has durations
    // Without what the town had printed for everybody before anybody wrote: the chatbot's answers speak of absences, too.
    const kept = town.kept_by_servers().filter((file) => !town.printed.has(file));
    assert.ok(kept.some((file) => file.endsWith('hub.db')) && kept.some((file) => file.endsWith('hub.log')) && kept.some((file) => file.endsWith('citizen.log')));
    assert.deepEqual(town.holding(kept, words), []);
    // The same search finds the name where it belongs: in the files of the school itself.
    assert.ok(town.holding(files_in(path.join(town.folder, 'town/school')), [child]).length > 0);
    assert.ok(town.holding(kept, ['"request"']).length > 0, 'the logs are written');
  });

  test('no page had an error of its own', async () => {
    for (const device of [stage.mother, stage.desk]) await device.close();
  });
}

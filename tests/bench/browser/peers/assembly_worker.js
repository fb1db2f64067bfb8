// sql.js, libsodium-wrappers and zxing-wasm made ready side by side, each used once.
import init from 'sql.js/dist/sql-wasm-browser.js';
import sodium from 'libsodium-wrappers';
import { prepareZXingModule } from 'zxing-wasm/reader';

onmessage = async () => {
  const [sql] = await Promise.all([
    init({ locateFile: () => '/sql.wasm' }),
    sodium.ready,
    prepareZXingModule({ overrides: { locateFile: () => '/zxing.wasm' }, fireImmediately: true }),
  ]);
  const database = new sql.Database();
  database.run('CREATE TABLE report (id BLOB PRIMARY KEY, day INTEGER, reason TEXT) WITHOUT ROWID');
  const keys = sodium.crypto_sign_keypair();
  const box = sodium.crypto_box_keypair();
  database.run('INSERT INTO report VALUES (?, 1, ?)', [sodium.crypto_sign_detached('report', keys.privateKey), 'cold']);
  const sealed = sodium.crypto_box_seal('report', box.publicKey);
  postMessage({ kind: 'screen', screen: `${database.exec('SELECT count(*) FROM report')[0].values[0][0]} ${sealed.length}` });
};

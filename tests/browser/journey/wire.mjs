// A listener on the line between browsers and one of the town's servers: it hands everything on as it is and keeps every byte
// that a client says - addresses, headers, bodies, whichever worker or page they come from.
import { connect, createServer } from 'node:net';
import { Transform } from 'node:stream';

export class Wire {
  /** Listens at `port` and speaks to the server at `to`. */
  static async open(port, to) {
    const wire = new Wire();
    wire.server = createServer((client) => {
      const onward = connect(to, '127.0.0.1');
      wire.open.add(client);
      client.on('data', (piece) => wire.said.push(piece));
      client.pipe(onward).pipe(wire.slowed()).pipe(client);
      // Either side may hang up, and a server that is not there hangs up at once.
      for (const end of [client, onward]) {
        end.on('error', () => undefined);
        end.on('close', () => { wire.open.delete(client); client.destroy(); onward.destroy(); });
      }
    });
    await new Promise((resolve, reject) => {
      wire.server.on('error', reject);
      wire.server.listen(port, '127.0.0.1', resolve);
    });
    return wire;
  }

  said = [];
  open = new Set();
  /** What the server says goes on at so many bytes a second, each connection by itself; 0: at once. */
  rate = 0;

  slowed() {
    return new Transform({ transform: (piece, _, done) => {
      if (this.rate) setTimeout(done, 1000 * piece.length / this.rate, null, piece);
      else done(null, piece);
    } });
  }

  /** Forgets what it has heard. */
  clear() {
    this.said = [];
  }

  bytes() {
    return Buffer.concat(this.said);
  }

  /** Method and address of every request, in order. */
  asked() {
    return this.bytes().toString('latin1').match(/^(?:GET|POST|PUT|DELETE|HEAD|OPTIONS|PATCH) \S+(?= HTTP)/gm) ?? [];
  }

  /** Of these words those that were said, as UTF-8 or UTF-16, percent-encoded, in base64 at any offset, or in hex. */
  holds(words) {
    const bytes = this.bytes();
    return words.filter((word) => forms_of(word).some((form) => bytes.includes(form)));
  }

  close() {
    for (const client of this.open) client.destroy();
    this.server.close();
  }
}

function forms_of(word) {
  const plain = Buffer.from(word, 'utf8');
  const forms = [plain, Buffer.from(word, 'utf16le'), Buffer.from(plain.toString('hex'))];
  const percent = encodeURIComponent(word);
  if (percent !== word) forms.push(Buffer.from(percent), Buffer.from(percent.toLowerCase()));
  // What stands for the word alone, whatever stands before and behind it.
  for (let before = 0; before < 3; before += 1) {
    const text = Buffer.concat([Buffer.alloc(before), plain]).toString('base64').replace(/=+$/, '');
    const sure = text.slice(Math.ceil(before * 8 / 6), Math.floor((before + plain.length) * 8 / 6));
    if (sure.length >= 6) forms.push(Buffer.from(sure), Buffer.from(sure.replaceAll('+', '-').replaceAll('/', '_')));
  }
  return forms;
}

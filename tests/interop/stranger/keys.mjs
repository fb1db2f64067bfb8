// A device of the stranger: one seed, and what PROTOCOL.md ("Keys") derives from it.
import { derive, keyedHash, sodium } from "./wire.mjs";

export class Device {
  constructor(seed) {
    this.seed = seed;
    this.sealing = sodium.crypto_box_seed_keypair(derive(seed, 1, "MKseal__"));
    this.storage = derive(seed, 1, "MKstore_");
  }

  postingSeed(mailbox) {
    return keyedHash(derive(this.seed, 1, "MKpost__"), mailbox);
  }

  posting(mailbox) {
    return sodium.crypto_sign_seed_keypair(this.postingSeed(mailbox));
  }
}

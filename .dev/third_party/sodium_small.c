// Multiplies Ed25519's base point without libsodium's table of its multiples: the same constant-time ladder as for any
// other point. The browser's modules alone are built with it.
#include "private/ed25519_ref10.h"

void ge25519_scalarmult_base(ge25519_p3* h, const unsigned char* a) {
  static const unsigned char base[32] = {0x58, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
                                         0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
                                         0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66};
  ge25519_p3 point;
  (void)ge25519_frombytes(&point, base);
  ge25519_scalarmult(h, a, &point);
}

// HMAC-SHA-256 (RFC 2104) and the two steps of HKDF (RFC 5869) over OpenSSL, for keys of any length. Any
// thread; pure.
#pragma once

#include "core/base/bytes.h"

namespace machi::host {

base::Array<32> hmac_sha256(base::ByteView key, base::ByteView text);
// HKDF of one block: at most 32 bytes come out.
base::Array<32> hkdf_sha256(base::ByteView salt, base::ByteView secret, base::ByteView info);
// In a time that does not depend on where they differ.
bool same_secret(base::ByteView a, base::ByteView b);

}  // namespace machi::host

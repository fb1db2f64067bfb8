// A message as a browser's push service carries it: encrypted for one subscription (RFC 8291) in one record
// of aes128gcm (RFC 8188). Any thread; pure but for the key and the salt that are handed in, fresh each time.
#pragma once

#include "platform/host/webpush/p256_key.h"

namespace machi::host {

inline constexpr std::size_t kAuthBytes = 16;
inline constexpr std::uint32_t kPushRecord = 4096;
// What one record holds: a push service need not take more (RFC 8030 section 7.2, RFC 8291 section 4).
inline constexpr std::size_t kPushText = kPushRecord - 16 - 1 - (16 + 4 + 1 + kPointBytes);

// BadInput when `receiver` is no point of the curve or `auth` has another length, TooLarge past kPushText.
base::Result<base::Bytes> encrypt_push(base::ByteView text, base::ByteView receiver, base::ByteView auth,
                                       const P256Key& once, const base::Array<16>& salt);

// The same back, as a browser does it: what a test and a check of keys need.
base::Result<base::Bytes> decrypt_push(base::ByteView body, const P256Key& receiver, base::ByteView auth);

}  // namespace machi::host

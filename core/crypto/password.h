// A hash of something short that a person types (a PIN), slow to try out: Argon2id, with salt and costs
// beside it. For a screen lock; what it guards is not encrypted by it. Any thread; pure. Takes about 8 MB and
// a tenth of a second on a phone.
#pragma once

#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/entropy.h"
#include "core/base/result.h"

namespace machi::crypto {

// Salt and hash, 48 bytes. Storage (no memory) is all that can fail.
base::Result<base::Bytes> hash_password(base::Entropy& entropy, std::string_view typed);
// False also for bytes that hash_password did not make.
bool is_password(base::ByteView hashed, std::string_view typed);
// What was typed is overwritten, and the text is empty.
void wipe_text(std::string& typed);

}  // namespace machi::crypto

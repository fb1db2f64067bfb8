// A rule pack as a town writes it: a folder with pack.json, whose "parts" name further files that add to its
// lists. Owned by platform/machi; one thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/code/cbor.h"
#include "core/rules/pack.h"
#include "platform/town/town_folder.h"

namespace machi::program {

// The whole pack as one CBOR value, not checked yet (rules::read_pack does that).
base::Result<code::Cbor> read_pack_folder(const std::string& folder);
// The sample town's, which travels in the program.
base::Result<code::Cbor> sample_pack();
// What phones take from the town's site (core/pages/pack_shelf.h).
base::Result<base::Bytes> site_pack(const town::TownFolder& town, const code::Cbor& pack,
                                    const crypto::SignKey& editor);
// Of a folder, or of the sample town when `folder` is empty; checked.
base::Result<rules::Pack> pack_in(const std::string& folder);

}  // namespace machi::program

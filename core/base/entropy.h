// Entropy: the port through which all randomness enters the core. Hosts and simulations inject it (see crypto/drbg.h).
#pragma once

#include <span>

#include "core/base/id.h"

namespace machi::base {

class Entropy {
 public:
  virtual ~Entropy() = default;
  virtual void fill(std::span<std::uint8_t> out) = 0;

  template <class Tag>
  Id<Tag> id() {
    Id<Tag> out;
    fill(out.bytes);
    return out;
  }
};

}  // namespace machi::base

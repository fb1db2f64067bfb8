// Values in PostgreSQL's binary form: numbers of 8 bytes, byte strings, and one-dimensional arrays of both,
// by which one statement takes a whole batch. Pure.
#pragma once

#include "core/base/bytes.h"

namespace machi::hub {

base::Bytes pg_value(std::int64_t number);
base::Bytes pg_value(base::ByteView bytes);

// Grows at its end; may be cut back to where it stood, and any stretch of it is a value.
class PgArray {
 public:
  enum class Of { Strings, Integers };
  struct Place {
    std::size_t count = 0;
    std::size_t bytes = 0;
  };

  explicit PgArray(Of of) : of_(of) {}
  void add(base::ByteView bytes);
  void add(std::int64_t number);
  Place end() const { return {count_, items_.size()}; }
  void cut(Place to);
  base::Bytes value(Place from, Place to) const;
  base::Bytes value() const { return value({}, end()); }
  std::size_t count() const { return count_; }

 private:
  Of of_;
  std::size_t count_ = 0;
  base::Bytes items_;
};

}  // namespace machi::hub

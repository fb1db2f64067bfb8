// A value of a pack and where it stands, for errors that name the place: "benefits[3].when.all[1].fact: no
// such fact". Owned by core/rules; any thread; pure.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/code/cbor.h"

namespace machi::rules {

using base::Code;
using base::Date;
using base::Result;
using base::Status;

class Place {
 public:
  Place(const code::Cbor* value, std::string path) : value_(value), path_(std::move(path)) {}

  bool given() const { return value_ != nullptr && !value_->is_null(); }
  const code::Cbor* value() const { return value_; }
  const std::string& path() const { return path_; }

  Place operator[](std::string_view key) const;
  // A map with no other keys than these.
  Status only(std::initializer_list<std::string_view> keys) const;
  bool has(std::string_view key) const { return value_ != nullptr && value_->find(key) != nullptr; }
  bool is_map() const { return value_ != nullptr && value_->map() != nullptr; }
  Result<std::vector<Place>> items() const;  // of an array; none when not given
  Result<std::vector<std::pair<std::string, Place>>> members() const;

  Result<std::string> text() const;
  Result<std::string> id() const;  // a text of letters, digits, - and . ; 1 to 64 signs
  Result<std::int64_t> integer() const;
  Result<bool> truth() const;
  Result<Date> date() const;  // "2026-11-24"
  Result<std::optional<Date>> date_if_given() const;

  base::Error fault(std::string_view why, Code code = Code::BadInput) const;

 private:
  const code::Cbor* value_;
  std::string path_;
};

}  // namespace machi::rules

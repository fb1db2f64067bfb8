// JSON that a person wrote, read with the place of each mistake: "doses[2].date: the day of the month is
// missing". Owned by platform/machi; one thread. Errors name places and rules, never what was written there.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/code/cbor.h"

namespace machi::program {

// A file, or - for standard input. BadInput with line and column; a key that stands twice in an object is
// refused.
base::Result<nlohmann::json> read_json(const std::string& file, std::size_t limit = 16 << 20);
base::Result<nlohmann::json> parse_json(std::string_view text);

// One value and where it stands.
class Field {
 public:
  Field(const nlohmann::json* value, std::string path) : value_(value), path_(std::move(path)) {}
  explicit Field(const nlohmann::json& root) : Field(&root, "") {}

  bool given() const { return value_ != nullptr && !value_->is_null(); }
  const nlohmann::json& json() const { return *value_; }
  const std::string& path() const { return path_; }

  // A member of an object; not given when there is none.
  Field operator[](const std::string& key) const;
  // Refuses members of other names: a misspelt key must not look like an answer.
  base::Status only(std::initializer_list<std::string_view> keys) const;
  base::Result<std::vector<Field>> items() const;  // of an array; none when not given

  base::Result<std::string> text() const;
  base::Result<std::int64_t> integer(std::int64_t least, std::int64_t most) const;
  base::Result<double> number() const;
  base::Result<bool> truth() const;
  base::Result<base::Date> day() const;  // as people write it (core/rules/date_text.h)
  base::Result<base::Date> birth(base::Date today) const;

  base::Error fault(base::Code code, std::string_view why) const;
  base::Error fault(const base::Error& error) const { return fault(error.code, error.detail); }

 private:
  const nlohmann::json* value_;
  std::string path_;
};

// JSON as deterministic CBOR, one to one: objects become maps with text keys. TooLarge below 30 levels.
base::Result<code::Cbor> as_cbor(const nlohmann::json& value, int depth = 0);

// What --today says, or today in Japan.
base::Result<base::Date> day_asked(const std::string& today);

}  // namespace machi::program

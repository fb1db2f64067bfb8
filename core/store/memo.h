// What was computed from the tables, kept for as long as they read the same. One rule: it is good while the
// connection's version() stays, and every row written and every rollback moves that. A value belongs to its
// Database's thread. Of a file that other connections write to it must not be used: their rows are not
// counted. `make` reads and writes nothing; nothing when the tables could not be read: then an empty value
// stands in, and is not kept.
#pragma once

#include <map>
#include <optional>

#include "core/store/database.h"

namespace machi::store {

// By key.
template <class Key, class Value>
class Memo {
 public:
  Memo() = default;
  Memo(const Memo&) = delete;  // a value may hold pointers into itself
  Memo& operator=(const Memo&) = delete;
  void drop() { all_.clear(); }
  template <class Make>
  const Value& get(const Database& database, const Key& key, Make make) {
    if (const std::uint64_t version = database.version(); version != version_) {
      all_.clear();
      version_ = version;
    }
    if (const auto found = all_.find(key); found != all_.end()) return found->second;
    std::optional<Value> made = make();
    if (!made) return nothing_;
    return all_.emplace(key, std::move(*made)).first->second;
  }

 private:
  std::map<Key, Value> all_;
  std::uint64_t version_ = 0;
  const Value nothing_{};
};

// A value that depends on a few tables alone outlives what is written to the others: `clock` asks for a
// number that triggers on those tables move with every row of theirs.
template <class Value>
class ClockedMemo {
 public:
  explicit ClockedMemo(std::string_view clock) : clock_(clock) {}
  ClockedMemo(const ClockedMemo&) = delete;
  ClockedMemo& operator=(const ClockedMemo&) = delete;
  void drop() { value_.reset(); }

  template <class Make>
  const Value& get(Database& database, Make make) {
    const std::uint64_t version = database.version(), undone = database.rollbacks();
    if (value_ && version == version_) return *value_;
    const std::int64_t time = ask(database);
    if (!value_ || time < 0 || time != time_ || undone != undone_) value_ = make();
    if (!value_) return nothing_;
    version_ = version;
    undone_ = undone;
    time_ = time;
    return *value_;
  }

 private:
  std::int64_t ask(Database& database) const {
    auto row = database.prepare(clock_);
    const auto there = row.step();
    return there.ok() && *there ? row.integer(0) : -1;
  }

  std::string_view clock_;
  std::optional<Value> value_;
  std::uint64_t version_ = 0, undone_ = 0;
  std::int64_t time_ = 0;
  const Value nothing_{};
};

}  // namespace machi::store

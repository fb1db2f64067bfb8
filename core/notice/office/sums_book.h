// What was used how often, by month: counts that the town's press tells the desks of notices, rounded before
// they leave it (core/notice/channel/uses.h). Whoever else says any is not believed. The same at each desk in
// whatever order messages come. One thread, that of the database. Storage; BadInput for what no program of
// ours writes.
#pragma once

#include <map>

#include "core/code/cbor.h"
#include "core/crypto/sodium.h"
#include "core/notice/channel/uses.h"
#include "core/store/database.h"

namespace machi::notice {

inline constexpr std::string_view kKindSums = "notice.sums";

// MESSAGES.md. By name: "use.notice.opened", "push.disaster.sent", "link.opened".
struct Sums {
  std::string month;  // "2026-11"
  std::map<std::string, std::int64_t> counts;
};
code::Cbor encode(const Sums& sums);
base::Result<Sums> decode_sums(const code::Cbor& content);

class SumsBook {
 public:
  static std::vector<store::Migration> migrations();
  explicit SumsBook(store::Database& database) : database_(database) {}
  // Counts only grow: of two messages the greater holds.
  base::Status fold(const code::Cbor& content, const crypto::SignPublic& from);
  // By month, newest first; those of `press` alone.
  base::Result<std::vector<Sums>> months(const crypto::SignPublic& press) const;

 private:
  store::Database& database_;
};

// A page's figures of one month. Shares in tenths of a percent; nothing where there is too little to say.
struct Figure {
  std::string_view name;  // "opened", "useful" ...: desk.kpi.of.<name>
  std::int64_t count = 0;
  std::optional<int> share;
};
std::vector<Figure> figures_of(const Sums& sums);

}  // namespace machi::notice

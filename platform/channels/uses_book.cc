// Checked against the list, then added.
#include "platform/channels/uses_book.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/notice/channel/uses.h"

namespace machi::channels {

using base::Code;
using base::fail;

base::Result<UseReport> read_use_report(std::string_view text, base::Instant now) {
  if (text.size() > 200) return fail(Code::TooLarge, "report");
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object() || json.size() != 3) return fail(Code::BadInput, "report");
  const auto month = json.find("month"), what = json.find("what"), size = json.find("size");
  if (month == json.end() || !month->is_string() || what == json.end() || !what->is_string() ||
      size == json.end() || !size->is_number_integer())
    return fail(Code::BadInput, "report");
  UseReport out{month->get<std::string>(), what->get<std::string>(), 0};
  const auto number = size->get<std::int64_t>();
  const std::string last = month_of(now.plus_seconds(-31LL * 86400));
  if (out.month != month_of(now) && out.month != last) return fail(Code::DateOutOfRange, "month");
  if (!notice::is_use(out.what)) return fail(Code::BadInput, "what");
  if (!notice::is_use_size(number)) return fail(Code::BadInput, "size");
  out.size = static_cast<int>(number);
  return out;
}

base::Status add_use(store::Database& database, const UseReport& report) {
  return database
      .prepare(
          "INSERT INTO channel_sum (month, what, count) VALUES (?, ?, ?) ON CONFLICT (month, what) DO "
          "UPDATE SET count = count + excluded.count")
      .bind(report.month)
      .bind("use." + report.what)
      .bind(report.size)
      .run();
}

}  // namespace machi::channels

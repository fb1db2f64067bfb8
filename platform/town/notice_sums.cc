// Reads, rounds, tells, and keeps what was told beside it.
#include "platform/town/notice_sums.h"

#include <nlohmann/json.hpp>

#include "core/notice/office/sums_book.h"

namespace machi::town {

using base::Code;

namespace {

constexpr std::int64_t kEverySeconds = 3600;
constexpr std::size_t kLimit = 1024 * 1024;

}  // namespace

Result<bool> tell_sums(SchoolFounder& office, const TownFolder& folder, Instant now) {
  const std::filesystem::path here = folder.path / "channels";
  const auto file = host::read_file(here / "sums.json", kLimit);
  if (!file.ok()) return file.code() == Code::NotFound ? Result<bool>(false) : Result<bool>(file.error());
  const auto sums = nlohmann::json::parse(file->begin(), file->end(), nullptr, false);
  if (!sums.is_object()) return base::fail(Code::BadInput, "sums.json");
  nlohmann::json rounded = nlohmann::json::object();
  for (const auto& [month, counts] : sums.items())
    for (const auto& [name, count] : counts.items())
      if (count.is_number_integer()) rounded[month][name] = notice::shown_count(count.get<std::int64_t>());
  const auto last = host::read_file(here / "told.json", kLimit);
  const auto told =
      last.ok() ? nlohmann::json::parse(last->begin(), last->end(), nullptr, false) : nlohmann::json();
  const bool known =
      told.is_object() && told.contains("at") && told["at"].is_number_integer() && told.contains("sums");
  if (known && (told["sums"] == rounded || now.seconds() - told["at"].get<std::int64_t>() < kEverySeconds))
    return false;
  for (const auto& [month, counts] : rounded.items()) {
    if (known && told["sums"].contains(month) && told["sums"][month] == counts) continue;
    notice::Sums out{month, {}};
    for (const auto& [name, count] : counts.items()) out.counts[name] = count.get<std::int64_t>();
    MACHI_TRY(office.tell(notice::kKindSums, notice::encode(out), now));
  }
  const std::string text = nlohmann::json({{"at", now.seconds()}, {"sums", rounded}}).dump() + "\n";
  MACHI_TRY(host::write_file(here / "told.json", base::view(text)));
  return true;
}

}  // namespace machi::town

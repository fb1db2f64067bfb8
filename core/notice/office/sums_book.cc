// Folding, and what the figures are made of.
#include "core/notice/office/sums_book.h"

#include <algorithm>

namespace machi::notice {

using base::Code;
using base::fail;
using base::Result;
using base::Status;

namespace {

constexpr std::size_t kNames = 200, kNameBytes = 64;
constexpr std::int64_t kMost = 1'000'000'000'000;

bool is_month(std::string_view month) {
  return month.size() == 7 && base::Date::parse(std::string(month) + "-01").ok();
}

}  // namespace

code::Cbor encode(const Sums& sums) {
  code::CborMap counts;
  for (const auto& [name, count] : sums.counts) counts.emplace_back(name, count);
  return code::Cbor::map({{1, sums.month}, {2, code::Cbor(std::move(counts))}});
}

Result<Sums> decode_sums(const code::Cbor& content) {
  Sums out;
  MACHI_TRY_SET(month, content.at(1));
  MACHI_TRY_SET(text, month->text());
  out.month = text;
  if (!is_month(out.month)) return fail(Code::BadInput, "month");
  MACHI_TRY_SET(counts, content.at(2));
  if (counts->map() == nullptr || counts->map()->size() > kNames) return fail(Code::BadInput, "counts");
  for (const auto& [name, count] : *counts->map()) {
    MACHI_TRY_SET(word, name.text());
    MACHI_TRY_SET(number, count.integer());
    if (word.size() > kNameBytes || number < 0 || number > kMost) return fail(Code::BadInput, "count");
    out.counts.emplace(std::move(word), number);
  }
  return out;
}

std::vector<store::Migration> SumsBook::migrations() {
  return {{"notice.sums.1",
           "CREATE TABLE notice_sum (teller BLOB NOT NULL, month TEXT NOT NULL, name TEXT NOT NULL, count "
           "INTEGER NOT NULL, PRIMARY KEY (teller, month, name)) WITHOUT ROWID;"}};
}

Status SumsBook::fold(const code::Cbor& content, const crypto::SignPublic& from) {
  MACHI_TRY_SET(sums, decode_sums(content));
  store::Transaction transaction(database_);
  for (const auto& [name, count] : sums.counts)
    MACHI_TRY(database_
                  .prepare("INSERT INTO notice_sum (teller, month, name, count) VALUES (?, ?, ?, ?) ON "
                           "CONFLICT (teller, month, name) DO UPDATE SET count = max(count, excluded.count)")
                  .bind(from.bytes)
                  .bind(sums.month)
                  .bind(name)
                  .bind(count)
                  .run());
  return transaction.commit();
}

Result<std::vector<Sums>> SumsBook::months(const crypto::SignPublic& press) const {
  std::vector<Sums> out;
  auto rows = database_.prepare(
      "SELECT month, name, count FROM notice_sum WHERE teller = ? ORDER BY month DESC, name");
  rows.bind(press.bytes);
  while (true) {
    MACHI_TRY_SET(more, rows.step());
    if (!more) return out;
    if (out.empty() || out.back().month != rows.text(0)) out.push_back({rows.text(0), {}});
    out.back().counts[rows.text(1)] = rows.integer(2);
  }
}

std::vector<Figure> figures_of(const Sums& sums) {
  const auto number_of = [&sums](const std::string& name) {
    const auto found = sums.counts.find(name);
    return found == sums.counts.end() ? std::int64_t{0} : found->second;
  };
  const auto sent = [&sums](std::string_view channel) {
    std::int64_t all = 0;
    for (const auto& [name, number] : sums.counts)
      if (name.starts_with(channel) && name.ends_with(".sent")) all += number;
    return all;
  };
  const auto share = [](std::int64_t part, std::int64_t whole) {
    return whole >= kShownFrom
               ? std::optional<int>(static_cast<int>(std::min<std::int64_t>(part, whole) * 1000 / whole))
               : std::nullopt;
  };
  const std::int64_t opened = number_of("use.notice.opened"), link = number_of("link.opened"),
                     asked = number_of("use.ask.asked");
  const std::int64_t uses = opened + link + asked;
  const std::int64_t yes = number_of("use.notice.useful.yes"),
                     judged = yes + number_of("use.notice.useful.no");
  const std::int64_t solved = number_of("use.ask.solved"), ended = solved + number_of("use.ask.unsolved");
  return {{"opened", opened, share(opened, uses)}, {"link", link, share(link, uses)},
          {"asked", asked, share(asked, uses)},    {"useful", judged, share(yes, judged)},
          {"solved", ended, share(solved, ended)}, {"push", sent("push."), std::nullopt},
          {"mail", sent("mail."), std::nullopt},   {"line", sent("line."), std::nullopt}};
}

}  // namespace machi::notice

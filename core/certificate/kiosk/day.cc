// Records, folded by session: what was offered is what was paid, given back or printed.
#include "core/certificate/kiosk/day.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "core/certificate/document.h"

namespace machi::certificate::kiosk {
namespace {

struct Seen {
  std::vector<OfferedPaper> papers;
  Means means = Means::Unknown;
  bool charged = false;
  std::uint32_t reprints = 0;
};
using Key = std::tuple<Entry, Kind, Means>;

std::string_view entry_name(Entry entry) {
  switch (entry) {
    case Entry::Paid:
      return "交付";
    case Entry::GivenBack:
      return "返金";
    case Entry::Free:
      return "無料";
    case Entry::Again:
      return "再印刷";
  }
  return "";
}

std::string_view means_name(Means means) {
  switch (means) {
    case Means::Unknown:
      return "";
    case Means::Card:
      return "カード";
    case Means::EMoney:
      return "電子マネー";
    case Means::Code:
      return "コード決済";
    case Means::Cash:
      return "現金";
  }
  return "";
}

// A place's name is text for a cell: no formula, no second cell.
std::string cell(const std::string& text) {
  std::string out = "\"";
  if (!text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos) out += '\'';
  for (const char sign : text) out += sign == '"' ? "\"\"" : std::string(1, sign);
  return out + "\"";
}

}  // namespace

std::int64_t DayTotals::yen() const {
  std::int64_t sum = 0;
  for (const Row& row : rows) sum += row.yen;
  return sum;
}

int DayTotals::copies() const {
  int sum = 0;
  for (const Row& row : rows) sum += row.entry == Entry::Again ? 0 : row.copies;
  return sum;
}

DayTotals totals_of(std::span<const Record> journal, Date day) {
  DayTotals out;
  out.day = day;
  std::map<SessionId, Seen> sessions;
  std::map<std::uint32_t, SessionId> cases;
  std::map<Ref, std::uint32_t> refunds;  // of cases
  std::map<Key, DayTotals::Row> rows;
  const auto count = [&](const Seen& seen, Entry entry, int sign) {
    for (const OfferedPaper& paper : seen.papers) {
      DayTotals::Row& row = rows[{entry, paper.kind, seen.means}];
      row.entry = entry;
      row.kind = paper.kind;
      row.means = seen.means;
      row.copies += sign * paper.copies;
      if (entry == Entry::Paid || entry == Entry::GivenBack) row.yen += sign * paper.fee;
    }
  };
  for (const Record& record : journal) {
    const bool today = base::date_of(record.at) == day;
    Seen& seen = sessions[record.session];
    switch (record.mark) {
      case Mark::Began:
        seen.reprints = record.number;
        break;
      case Mark::Offered:
        seen.papers = record.papers;
        break;
      case Mark::PayKnown:
        if (record.known != Known::Yes) break;
        seen.means = record.means;
        seen.charged = true;
        if (today) count(seen, Entry::Paid, 1);
        break;
      case Mark::RefundKnown:
        if (record.known == Known::Yes && today) count(seen, Entry::GivenBack, -1);
        break;
      case Mark::CaseRefund:
        refunds[record.ref] = record.number;
        break;
      case Mark::CaseKnown: {
        const auto found = cases.find(record.number);
        if (record.known != Known::Yes || found == cases.end()) break;
        Seen& of = sessions[found->second];
        if (!refunds.contains(record.ref) && !of.charged) {
          of.means = record.means;
          of.charged = true;
          if (today) count(of, Entry::Paid, 1);
        } else if (today) {
          count(of, Entry::GivenBack, -1);
        }
        break;
      }
      case Mark::PrintKnown:
        break;
      case Mark::Ended:
        if (record.outcome == Outcome::OpenCase && seen.reprints == 0) cases[record.number] = record.session;
        if (!today) break;
        if (record.outcome == Outcome::Delivered) {
          ++out.delivered;
          if (seen.reprints != 0) count(seen, Entry::Again, 1);
          if (seen.reprints == 0 && !seen.charged) count(seen, Entry::Free, 1);
          for (const OfferedPaper& paper : seen.papers) out.sheets += paper.sheets * paper.copies;
        }
        if (record.outcome == Outcome::NotCharged) ++out.not_charged;
        if (record.outcome == Outcome::Refunded) ++out.refunded;
        if (record.outcome == Outcome::OpenCase) ++out.cases;
        break;
      case Mark::Asked:
      case Mark::PayIntent:
      case Mark::PrintIntent:
      case Mark::RefundIntent:
      case Mark::ClerkTold:
      case Mark::OutOfService:
      case Mark::BackInService:
      case Mark::CaseSettled:
      case Mark::PaperTaken:
      case Mark::StaffCame:
      case Mark::StaffRefused:
      case Mark::CaseReprint:
        break;
    }
  }
  for (auto& [key, row] : rows) out.rows.push_back(row);
  return out;
}

std::string totals_csv(const DayTotals& totals, const std::string& place) {
  std::string out = "\xEF\xBB\xBF日付,設置場所,区分,品目,支払い方法,通数,金額（円）\r\n";
  const std::string head = totals.day.iso() + "," + cell(place) + ",";
  for (const DayTotals::Row& row : totals.rows)
    out += head + std::string(entry_name(row.entry)) + "," + std::string(title_of(row.kind)) + "," +
           std::string(means_name(row.means)) + "," + std::to_string(row.copies) + "," +
           std::to_string(row.yen) + "\r\n";
  return out + head + "合計,,," + std::to_string(totals.copies()) + "," + std::to_string(totals.yen()) +
         "\r\n";
}

std::string totals_file(Date day) { return "kiosk-" + day.iso() + ".csv"; }

std::vector<Record> log_of(std::span<const Record> journal, std::size_t most) {
  std::vector<Record> out;
  for (auto at = journal.rbegin(); at != journal.rend() && out.size() < most; ++at) switch (at->mark) {
      case Mark::Ended:
      case Mark::OutOfService:
      case Mark::BackInService:
      case Mark::CaseSettled:
      case Mark::CaseRefund:
      case Mark::CaseReprint:
      case Mark::StaffCame:
      case Mark::StaffRefused:
        out.push_back(*at);
        break;
      case Mark::Began:
      case Mark::Asked:
      case Mark::Offered:
      case Mark::PayIntent:
      case Mark::PayKnown:
      case Mark::PrintIntent:
      case Mark::PrintKnown:
      case Mark::RefundIntent:
      case Mark::RefundKnown:
      case Mark::ClerkTold:
      case Mark::PaperTaken:
      case Mark::CaseKnown:
        break;
    }
  return out;
}

}  // namespace machi::certificate::kiosk

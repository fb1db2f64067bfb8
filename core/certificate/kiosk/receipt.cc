// Line by line; amounts as the offer had them.
#include "core/certificate/kiosk/receipt.h"

#include "core/certificate/document.h"

namespace machi::certificate::kiosk {
namespace {

std::string two(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::string moment(Instant at) {
  const auto minutes = static_cast<int>((at.ms + 9 * 3'600'000) / 60'000 % (24 * 60));
  return era_date(base::date_of(at)) + "　" + two(minutes / 60) + ":" + two(minutes % 60);
}

std::string yen(std::int64_t amount) {
  std::string out = std::to_string(amount);
  for (auto at = static_cast<std::ptrdiff_t>(out.size()) - 3; at > 0; at -= 3)
    out.insert(static_cast<std::size_t>(at), ",");
  return out + "円";
}

}  // namespace

std::vector<std::string> receipt_lines(const work::Receipt& receipt, const std::string& place, Instant at) {
  std::vector<std::string> out = {"領収書", place, moment(at), ""};
  for (const OfferedPaper& paper : receipt.papers)
    out.push_back(std::string(title_of(paper.kind)) + "　" + std::to_string(paper.copies) + "通　" +
                  yen(paper.fee));
  out.push_back("");
  out.push_back("合計　" + yen(receipt.amount));
  out.push_back("受付番号　" + receipt.session.hex().substr(0, 8));
  return out;
}

std::vector<std::string> slip_lines(const work::Slip& slip, const std::string& place, Instant at) {
  return {"番号　" + std::to_string(slip.number),
          place,
          moment(at),
          "",
          "この紙を持って、窓口にお越しください。",
          "お支払いと証明書を、職員が確かめます。"};
}

}  // namespace machi::certificate::kiosk

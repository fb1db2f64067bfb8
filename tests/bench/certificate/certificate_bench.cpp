// Facts to PDF, warm, as the clerk does it for each paper: font open, seals made. Writes what the peers set
// beside it (FILE: the texts of the page, the symbol's modules) and prints the median as one JSON object.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "core/certificate/seal.h"
#include "core/code/qr.h"
#include "platform/clerk/paper.h"
#include "platform/host/file.h"
#include "tests/unit/certificate/people.h"

namespace {

using namespace machi;
constexpr const char* kFont = "/usr/share/fonts/truetype/ipamj/ipamjm.ttf";
constexpr int kWarm = 5, kRuns = 60;

}  // namespace

int main(int count, char** arguments) {
  if (count != 2 || !crypto::ready()) return 64;
  const auto face = clerk::Typeface::open(kFont);
  if (!face.ok()) return 1;
  certificate::Facts facts = certificate::test::facts();
  const auto key = certificate::test::key(1);
  const auto document = certificate::document_of(facts);
  if (!document.ok()) return 1;
  std::vector<std::vector<std::size_t>> sheets;
  for (const certificate::Sheet& sheet : document->sheets) sheets.push_back(sheet.people);
  const auto made = certificate::seals_of(facts, sheets, 1, key);
  if (!made.ok()) return 1;
  std::vector<std::string> seals;
  for (const auto& one : *made) seals.push_back(certificate::seal_text(certificate::make_seal(one, key)));
  std::vector<double> times;
  std::size_t bytes = 0;
  for (int i = 0; i < kWarm + kRuns; ++i) {
    facts.number = "26-" + std::to_string(100'000 + i);  // no paper is the one before
    const auto begin = std::chrono::steady_clock::now();
    const auto pdf = clerk::paper_of(facts, *face, {seals, "K-4827"});
    const auto end = std::chrono::steady_clock::now();
    if (!pdf.ok()) return 1;
    bytes = pdf->size();
    if (i >= kWarm) times.push_back(std::chrono::duration<double, std::milli>(end - begin).count());
  }
  std::sort(times.begin(), times.end());
  nlohmann::json page = {{"font", kFont}, {"lines", nlohmann::json::array()}};
  const auto& person = facts.people[0];
  for (const std::string& text :
       {std::string("住民票の写し"), std::string("氏名　") + person.name, "生年月日　" + person.birth.iso(),
        std::string("前住所　") + person.previous_address, std::string("住所　") + facts.address,
        std::string("この写しは、住民票の原本と相違ないことを証明する。"), std::string("令和8年11月22日"),
        std::string("日和町長"), facts.number, std::string("1 / 1　K-4827")})
    page["lines"].push_back(text);
  const auto symbol = code::write_qr(seals[0], code::QrLevel::M);
  if (!symbol.ok()) return 1;
  page["modules"] = symbol->modules;
  if (!host::write_file(arguments[1], base::view(page.dump())).ok()) return 1;
  std::printf("{\"ms\": %.3f, \"p95\": %.3f, \"bytes\": %zu}\n", times[times.size() / 2],
              times[times.size() * 95 / 100], bytes);
  return 0;
}

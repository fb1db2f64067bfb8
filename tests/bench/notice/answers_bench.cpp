// How long an answer takes over 5,000 entries: the sample town's, and more made of their words put together.
// Medians and the slowest as one JSON object; beside it a plain scan for the question's text. Exit code 1
// past 50 ms. Run from the root of the repository.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <sstream>

#include "core/base/csv_reader.h"
#include "core/notice/answers/answer_search.h"

namespace {

using namespace machi;

std::string slurp(const std::string& file) {
  std::ifstream in(file);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

}  // namespace

int main() {
  const std::string folder = "assets/towns/hiyori/answers/";
  auto pack = notice::read_answers(slurp(folder + "questions.csv"), slurp(folder + "garbage.csv"),
                                   slurp(folder + "kinds.csv"));
  if (!pack.ok()) return 1;
  const std::size_t own = pack->entries.size();
  for (std::size_t i = 0; pack->entries.size() < 5000; ++i) {
    const auto& a = pack->entries[i % own];
    const auto& b = pack->entries[(i * 31 + 7) % own];
    notice::AnswerEntry made = a;
    made.id = "made-" + std::to_string(i);
    made.title = a.title + "の" + b.title;
    made.names.clear();
    for (std::size_t n = 0; n < 4; ++n) {
      const auto& left = a.names[n % a.names.size()];
      const auto& right = b.names[n % b.names.size()];
      made.names.push_back({left.text + "の" + right.text, left.reading + "の" + right.reading});
    }
    pack->entries.push_back(std::move(made));
  }
  const auto begin = std::clock();
  const notice::AnswerSearch search(*pack);
  const auto ms = [](std::clock_t from) {
    return 1000.0 * static_cast<double>(std::clock() - from) / CLOCKS_PER_SEC;
  };
  const double made = ms(begin);
  std::vector<double> times, scans;
  const std::string csv = slurp("tests/data/answers/held_out.csv");
  base::CsvReader reader(csv);
  base::CsvRecord row;
  std::size_t found = 0;
  while (reader.next(row)) {
    if (row.blank()) continue;
    std::clock_t from = std::clock();
    found += search.ask(row.fields[0]).size();
    times.push_back(ms(from));
    from = std::clock();
    for (const auto& entry : pack->entries)
      for (const auto& name : entry.names)
        found += name.text.find(row.fields[0]) != std::string::npos ? 1 : 0;
    scans.push_back(ms(from));
  }
  std::sort(times.begin(), times.end());
  std::sort(scans.begin(), scans.end());
  const double median = times[times.size() / 2], slowest = times.back();
  std::printf(
      "{\"entries\": %zu, \"questions\": %zu, \"medianMs\": %.2f, \"slowestMs\": %.2f, \"plainScanMs\": "
      "%.2f, "
      "\"madeMs\": %.1f, \"limitMs\": 50, \"found\": %zu, \"verdict\": \"%s\"}\n",
      pack->entries.size(), times.size(), median, slowest, scans[scans.size() / 2], made, found,
      slowest < 50 ? "held" : "NOT HELD");
  return slowest < 50 ? 0 : 1;
}

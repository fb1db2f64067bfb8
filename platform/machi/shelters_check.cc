// machi shelters check: a town's list of shelters from open data, as headquarters would take it over: columns
// that were recognised, rows, and every row or value that was not taken, by line and reason. Nothing is
// changed.
#include "core/shelter/open_data.h"
#include "platform/host/file.h"
#include "platform/host/text_file.h"
#include "platform/machi/command.h"

namespace machi::program {
namespace {

constexpr std::size_t kFileLimit = 16u << 20;

nlohmann::json trouble_json(const shelter::OpenTrouble& trouble) {
  nlohmann::json one{
      {"line", trouble.line}, {"what", shelter::trouble_word(trouble.what)}, {"taken", trouble.taken()}};
  if (trouble.column) one["column"] = shelter::column_word(*trouble.column);
  if (!trouble.value.empty()) one["value"] = trouble.value;
  if (trouble.other != 0) one["other"] = trouble.other;
  return one;
}

int run(const std::string& name) {
  const auto bytes = host::read_file(name, kFileLimit);
  if (!bytes.ok()) return complain(name + " cannot be read", bytes.error());
  const host::TextFile file = host::read_text(*bytes);
  const shelter::OpenList list = shelter::read_open_data(file.text);
  nlohmann::json columns = nlohmann::json::object(), troubles = nlohmann::json::array();
  for (const auto& column : list.columns) columns[column.name] = shelter::column_word(column.column);
  std::size_t bad = 0, placed = 0, sized = 0;
  for (const auto& trouble : list.troubles) {
    bad += trouble.taken() ? 0 : 1;
    troubles.push_back(trouble_json(trouble));
  }
  for (const auto& one : list.shelters) {
    placed += one.latitude ? 1 : 0;
    sized += one.capacity ? 1 : 0;
  }
  print({{"encoding", file.encoding},
         {"rows", list.rows},
         {"shelters", list.shelters.size()},
         {"withCoordinates", placed},
         {"withCapacity", sized},
         {"columns", columns},
         {"unknownColumns", list.unknown},
         {"troubles", troubles}});
  if (list.shelters.empty()) return complain("No shelter could be read from " + name + ".");
  return bad == 0 ? kDone : complain(std::to_string(bad) + " rows were not taken; the others are good.");
}

}  // namespace

Action declare_shelters_check(CLI::App& app) {
  auto file = std::make_shared<std::string>();
  app.add_option("FILE", *file, "The list: CSV in UTF-8, UTF-16 or Shift_JIS")->required();
  return [file] { return run(*file); };
}

}  // namespace machi::program

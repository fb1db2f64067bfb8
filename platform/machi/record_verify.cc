// machi record verify: whether a school's official record is what the school signed (core/mail/record.h).
#include "platform/machi/command.h"
#include "platform/town/record_check.h"

namespace machi::program {
namespace {

struct RecordVerify {
  std::string file;
  std::string town;
};

const char* word_of(town::FileState state) {
  switch (state) {
    case town::FileState::Holds:
      return "as signed";
    case town::FileState::Changed:
      return "changed";
    case town::FileState::Missing:
      return "missing";
  }
  return "";
}

int verify(const RecordVerify& options) {
  std::optional<town::TownFolder> town;
  if (!options.town.empty()) {
    auto opened = town::open_town(options.town);
    if (!opened.ok()) return complain("There is no town in " + options.town, opened.error());
    town = std::move(*opened);
  }
  const auto check = town::check_record(options.file, town ? &*town : nullptr, system_now());
  if (!check.ok()) return complain("This is no record that holds", check.error());
  nlohmann::json files = nlohmann::json::array();
  for (std::size_t i = 0; i < check->files.size(); ++i)
    files.push_back({{"name", check->record.files[i].name}, {"state", word_of(check->files[i])}});
  print({{"office", check->record.office.hex()},
         {"name", check->of ? nlohmann::json(*check->of) : nlohmann::json(nullptr)},
         {"day", check->record.day.iso()},
         {"signed", base::date_of(check->record.at).iso() + " " + base::time_of(check->record.at).iso()},
         {"device", base::to_hex(check->record.desk.bytes)},
         {"vouched", town ? nlohmann::json(check->of.has_value()) : nlohmann::json("not asked: give --town")},
         {"files", files}});
  return check->files_hold() && (!town || check->of) ? kDone : kFailed;
}

}  // namespace

Action declare_record_verify(CLI::App& app) {
  auto options = std::make_shared<RecordVerify>();
  app.add_option(
         "FILE", options->file,
         "The record as the desk saved it (record-2026-11-24.zip), or its signature alone (.cose) with its "
         "files beside it")
      ->required();
  app.add_option("--town", options->town,
                 "The town's folder: its signed directory says whose devices may sign");
  app.footer("One JSON object; exit code 0 when signature, files and (with --town) the device hold.");
  return [options] { return verify(*options); };
}

}  // namespace machi::program

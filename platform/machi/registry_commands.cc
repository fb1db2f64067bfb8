// machi registry import, machi registry sample: the town's residents, as the clerk's certificates need them.
#include <sys/stat.h>

#include "platform/clerk/resident_list.h"
#include "platform/clerk/sample_residents.h"
#include "platform/clerk/sqlite_registry.h"
#include "platform/host/file.h"
#include "platform/host/text_file.h"
#include "platform/machi/command.h"
#include "platform/machi/json_input.h"

namespace machi::program {
namespace {

constexpr std::size_t kFileLimit = 2ull << 30;

struct Import {
  std::string file, database = "registry.db";
  bool whole = false, check = false;
};

// Lines and columns only: what stands there is a resident's.
nlohmann::json mistakes_of(const clerk::ResidentList& list) {
  nlohmann::json out = nlohmann::json::array();
  for (const clerk::ListMistake& mistake : list.mistakes) {
    nlohmann::json one{{"what", clerk::mistake_word(mistake.what)}};
    if (mistake.line != 0) one["line"] = mistake.line;
    if (!mistake.column.empty()) one["column"] = mistake.column;
    if (mistake.other != 0) one["other"] = mistake.other;
    out.push_back(std::move(one));
  }
  return out;
}

int import_list(const Import& options) {
  const auto bytes = host::read_file(options.file, kFileLimit);
  if (!bytes.ok()) return complain(options.file + " cannot be read", bytes.error());
  const host::TextFile file = host::read_text(*bytes);
  const clerk::ResidentList list = clerk::read_residents(file.text);
  nlohmann::json said = {{"encoding", file.encoding},     {"rows", list.rows},
                         {"columns", list.columns},       {"unknownColumns", list.unknown},
                         {"mistakes", mistakes_of(list)}, {"taken", false}};
  if (!list.mistakes.empty()) {
    print(said);
    return complain("The list has mistakes; nothing was changed.");
  }
  said["guarded"] = list.guarded;
  said["movedOutOrDead"] = list.away;
  said["cards"] = list.cards;
  said["seals"] = list.seals;
  if (!options.check) {
    ::umask(0077);  // also for the files that SQLite puts beside it
    const auto registry = clerk::SqliteRegistry::open(options.database);
    if (!registry.ok())
      return complain("The registry " + options.database + " cannot be opened", registry.error());
    std::error_code ignored;
    std::filesystem::permissions(options.database, std::filesystem::perms(0600), ignored);
    const auto counts = (*registry)->take_over(list.residents, options.whole);
    if (!counts.ok() && counts.code() == base::Code::Conflict)
      return complain("A card of the list belongs to a resident who is not in it; nothing was changed.");
    if (!counts.ok())
      return complain("The list could not be taken over; nothing was changed", counts.error());
    said["new"] = counts->fresh;
    said["changed"] = counts->changed;
    said["same"] = counts->same;
    said["notInList"] = counts->absent;
    said["removed"] = counts->removed;
    said["taken"] = true;
  }
  print(said);
  return kDone;
}

struct Sample {
  std::string file, today, name = "日和町";
  std::size_t count = 20'000;
  std::uint64_t seed = 20261122;
};

int sample(const Sample& options) {
  const auto today = day_asked(options.today);
  if (!today.ok()) return complain("--today is no day", today.error());
  const auto residents = clerk::sample_residents({options.count, options.seed, *today, options.name});
  const auto years = clerk::sample_tax_years(*today);
  const auto csv = clerk::residents_csv(residents, years);
  if (const auto written = host::write_file(options.file, csv, host::Privacy::Secret); !written.ok())
    return complain(options.file + " could not be written", written.error());
  print({{"residents", residents.size()}, {"file", options.file}, {"bytes", csv.size()}, {"invented", true}});
  return kDone;
}

}  // namespace

Action declare_registry_import(CLI::App& app) {
  auto options = std::make_shared<Import>();
  app.add_option("FILE.csv", options->file,
                 "The residents: CSV in UTF-8 (with or without a mark), UTF-16 or Shift_JIS")
      ->required();
  app.add_option("--database", options->database, "The registry's SQLite file; made when it is not there")
      ->capture_default_str();
  app.add_flag("--whole", options->whole, "The list is everybody: who is not in it leaves the registry");
  app.add_flag("--check", options->check, "Read only; nothing is taken over");
  app.footer(
      R"(Columns are known by their names, in any order; others are left alone:
  needed  宛名番号 世帯番号 氏名 生年月日 続柄 住所
  else    異動 (住民, 転出, 死亡) 異動年月日 支援措置 (1: nothing is issued) 氏名カナ 通称 性別 世帯主
          住民となった年月日 住所を定めた年月日 届出年月日 転入前住所 本籍 筆頭者 個人番号
          国籍・地域 在留資格 在留期間 在留期間の満了の日 在留カード等の番号
          利用者証明用電子証明書の番号 (hexadecimal; maps a card to its holder)
          印鑑登録番号 印鑑登録年月日 印影 ("48:" and 48 * 48 bits, hexadecimal)
          附票の住所 (a line each: "2015-04-01 address" or "不詳 address", the newest first)
          戸籍事項 (a line each: "出生：text")
          令和7年度年税額 令和7年度納付済額 令和7年度給与収入 ... (any year, any further label)
Dates may be written in eras. All or nothing: one mistake, and nothing is changed. Mistakes are named by line and
column, never by what stands there. The same list again changes nothing. One JSON object; exit code 0 when it was
taken over.)");
  return [options] { return import_list(*options); };
}

Action declare_registry_sample(CLI::App& app) {
  auto options = std::make_shared<Sample>();
  app.add_option("-o,--output", options->file, "The CSV to write")->required();
  app.add_option("--count", options->count, "At least so many residents")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1'000'000}))
      ->capture_default_str();
  app.add_option("--seed", options->seed, "Another number, another town")->capture_default_str();
  app.add_option("--today", options->today, "The day that ages are of; today when not given");
  app.add_option("--name", options->name, "The town's name")->capture_default_str();
  app.footer("Nobody of them lives. The same number and day give the same bytes.");
  return [options] { return sample(*options); };
}

}  // namespace machi::program
